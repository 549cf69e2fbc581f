using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Http;
using Support.Time;

namespace SessionConsole.Tests;

/// <summary>The records of a user, and a hand that writes the table without a key.</summary>
internal static class Audit
{
    private const string RecordPrefix = "a_";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until so many events of a user are delivered, and so recorded.</summary>
    public static Task WaitForAsync(ApiClient api, string user, int records) => Eventually.AnswerAsync(
        () => api.OperatorAsync("GET", "/v1/users/timeline?userId=" + user),
        timeline => timeline.Json.GetProperty("entries").EnumerateArray().Count(static entry => entry.TryGetProperty("number", out _)) == records,
        Patience);

    /// <summary>Removes a record of a user.</summary>
    /// <returns>The row.</returns>
    public static async Task<TableRow> RemoveAsync(ITable sessions, string user, long number)
    {
        var partition = SessionLocator.PartitionOf(user).ToString("x32", CultureInfo.InvariantCulture);
        var key = RecordPrefix + (long.MaxValue - number).ToString("d19", CultureInfo.InvariantCulture);
        var row = await sessions.FindAsync(partition, key, CancellationToken.None);
        Assert.NotNull(row);
        Assert.True((await sessions.WriteAsync(TableWrite.Delete(partition, key, row.ETag!), CancellationToken.None)).IsWritten);
        return row;
    }

    /// <summary>Puts it back.</summary>
    public static async Task RestoreAsync(ITable sessions, TableRow row) =>
        Assert.True((await sessions.WriteAsync(TableWrite.Insert(row), CancellationToken.None)).IsWritten);
}
