using System.Text;
using Azure.Data.Tables;
using Bench.Limits;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Storage;

/// <summary>The rows that the bench stores in place of the product's are as wide: the same columns, of the same types and lengths.</summary>
public sealed class SampleRowsTests
{
    private const string Id = "000001";
    private const string Sessions = "sessions";
    private const string Due = "due";

    // The bench chooses the length of what is confided; the product pads nothing.
    private static readonly string[] OfFreeLength = ["body", "user", "client", "reason"];

    private readonly List<(string Table, TableWrite Write)> _writes = [];
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_sample_row_has_the_columns_of_the_row_that_the_product_writes()
    {
        var tables = new SessionTables(new InMemoryTable(Sessions, hook: Record), new InMemoryTable(Due, hook: Record));
        await using var core = new CoreHarness(tables, cache: null, _time);

        var wish = new NewSession { UserId = "user-1", Client = "bench", DataJson = Encoding.UTF8.GetBytes("{}") };
        var creation = await core.Sessions.CreateAsync(wish, key: null, CancellationToken.None);
        var id = creation.Session.Live!.Id;
        AssertAlike(SampleRows.Due(Id), Written(Due, prefix: "", TableWriteKind.Insert));
        AssertAlike(SampleRows.Head(Id, live: 1), Written(Sessions, "u_", TableWriteKind.Insert));
        AssertAlike(SampleRows.Session(Id), Written(Sessions, "s_", TableWriteKind.Insert));

        await core.Sessions.ReplaceDataAsync(id, Encoding.UTF8.GetBytes("""{"a":1}"""), ifVersion: null, CancellationToken.None);
        AssertAlike(SampleRows.Change(Id), Written(Sessions, "s_", TableWriteKind.Merge));

        _writes.Clear();
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None);
        AssertAlike(SampleRows.Head(Id, live: 0), Written(Sessions, "u_", TableWriteKind.Replace));
        AssertAlike(SampleRows.End(Id), Written(Sessions, "s_", TableWriteKind.Merge));
    }

    private static void AssertAlike(TableEntity sample, TableRow row)
    {
        Assert.Equal(row.PartitionKey.Length, sample.PartitionKey.Length);
        Assert.Equal(row.RowKey.Length, sample.RowKey.Length);
        Assert.Equal(
            row.Properties.Select(property => Describe(property.Key, property.Value)).Order(StringComparer.Ordinal),
            sample.Where(property => property.Key is not ("PartitionKey" or "RowKey"))
                .Select(property => Describe(property.Key, property.Value))
                .Order(StringComparer.Ordinal));
    }

    private static string Describe(string name, object value) => value switch
    {
        _ when OfFreeLength.Contains(name) => $"{name} {value.GetType().Name}",
        byte[] bytes => $"{name} {bytes.Length} bytes",
        string text => $"{name} {text.Length} characters",
        _ => $"{name} {value.GetType().Name}",
    };

    private TableRow Written(string table, string prefix, TableWriteKind kind) => _writes
        .First(written => written.Table == table && written.Write.Kind == kind && written.Write.Row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
        .Write.Row;

    private ValueTask Record(TableOperation operation)
    {
        if (operation.Moment is TableMoment.Before)
        {
            _writes.AddRange(operation.Writes.Select(write => (operation.Table, write)));
        }

        return ValueTask.CompletedTask;
    }
}
