using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support;
using Support.Servers;

namespace SessionCore.Tests.Operations;

/// <summary>Instances of the service that change one session at the same time, each with connections of its own to real Azurite.</summary>
public sealed class ManyInstancesTests
{
    private const int Merges = 350;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Concurrent_merges_of_one_session_are_all_answered_and_none_is_lost(int count)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var (sessions, due) = (AzuriteServer.NewTableName("s"), AzuriteServer.NewTableName("d"));
        var keys = KeyRing.Random();
        var connections = Enumerable.Range(0, count).Select(_ => Connect(azurite)).ToList();
        var instances = connections
            .Select(connection => new CoreHarness(new SessionTables(connection.Table(sessions), connection.Table(due)), cache: null, TimeProvider.System, keys))
            .ToList();
        await connections[0].Table(sessions).EnsureExistsAsync(CancellationToken.None);
        await connections[0].Table(due).EnsureExistsAsync(CancellationToken.None);
        var (id, token) = await instances[0].CreateAsync(data: "{}");

        // Any answer but a change, a 503 among them, fails the test at once.
        await Task.WhenAll(Enumerable.Range(0, Merges).Select(async number =>
        {
            var change = await instances[number % count].Sessions.MergeDataAsync(id, Patch(number), ifVersion: null, CancellationToken.None);
            Assert.Equal(ChangeOutcome.Changed, change.Outcome);
        }));

        var live = (await instances[0].ValidateAsync(token)).Live ?? throw new InvalidOperationException("The session has ended.");
        Assert.Equal(Merges, JsonDocument.Parse(live.DataJson.ToArray()).RootElement.EnumerateObject().Count());
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }

        connections.ForEach(connection => connection.Dispose());
    }

    private static JsonElement Patch(int number) =>
        JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $$"""{"k{{number}}":1}""")).RootElement;

    private static AzureDataConnection Connect(AzuriteServer azurite) => new(
        new TableStorageOptions
        {
            ConnectionString = azurite.ConnectionString,
            TryTimeout = TimeSpan.FromSeconds(20),
            TotalTimeout = TimeSpan.FromSeconds(30),
        },
        credential: null,
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
