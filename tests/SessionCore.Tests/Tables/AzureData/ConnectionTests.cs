using System.Collections.Concurrent;
using System.Globalization;
using SessionCore.Tables;
using Support;
using Support.Servers;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>How many connections there are, and when another one is not tried.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task There_are_no_more_connections_than_the_options_allow()
    {
        const int Most = 3;
        const int Calls = 12;
        var connections = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = await StoreStub.StartAsync(async (context, _) =>
        {
            connections[context.Connection.Id] = true;
            if (connections.Count == Most)
            {
                full.TrySetResult();
            }

            // All connections that there may be are in use before the first answer.
            await full.Task;
            await StoreStub.RowAsync(context);
        });
        var table = stub.Table(options => options.MaxConnections = Most);

        var rows = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => table.FindAsync("p", "r", CancellationToken.None).AsTask()));

        Assert.All(rows, Assert.NotNull);
        Assert.Equal(Most, connections.Count);
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_second_try()
    {
        var log = new CapturedLog();
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.RowAsync(context));
        var table = stub.Table(
            options => options.ConnectionString = string.Create(
                CultureInfo.InvariantCulture,
                $"AccountName=account;AccountKey={StoreStub.AccountKey};TableEndpoint=http://127.0.0.1:{FreePort.Next()}/account"),
            log.Factory());

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await table.FindAsync("p", "r", CancellationToken.None));

        Assert.DoesNotContain(log.Entries, line => line.Text.Contains("trying again", StringComparison.Ordinal));
    }
}
