using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support.Faults;
using Support.Hosts;
using Support.Servers;

namespace SessionChaos.Tests.Faults;

/// <summary>The HTTP proxy before the real table service: signatures, addresses and continuations pass through it unharmed.</summary>
public sealed class ProxiedAzuriteTests
{
    [Fact]
    public async Task Rows_of_any_keys_and_pages_pass_through_and_faults_are_the_same()
    {
        var azurite = await AzuriteServer.SharedAsync();
        await using var proxy = await HttpFaultProxy.StartAsync(azurite.Port, CancellationToken.None);
        var options = new TableStorageOptions
        {
            ConnectionString = TableServerProcess.ConnectionStringFor(proxy.Port),
            MaxRetries = 0,
            TryTimeout = TimeSpan.FromSeconds(20),
            TotalTimeout = TimeSpan.FromSeconds(20),
        };
        using var connection = new AzureDataConnection(options, credential: null, TimeProvider.System, NullLoggerFactory.Instance);
        var table = connection.Table(AzuriteServer.NewTableName());
        await table.EnsureExistsAsync(CancellationToken.None);
        string[] keys = ["%27", "a b", "it's", "日本 😀"];
        foreach (var key in keys)
        {
            Assert.True((await table.WriteAsync(TableWrite.Insert(new TableRow("p", key)), CancellationToken.None)).IsWritten);
            Assert.NotNull(await table.FindAsync("p", key, CancellationToken.None));
        }

        proxy.Fate = request => request.IsWrite ? HttpFault.CutAnswer : null;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            await table.WriteAllAsync([TableWrite.Insert(new TableRow("p", "x")), TableWrite.Insert(new TableRow("p", "y"))], CancellationToken.None));
        var asked = 0;
        proxy.Fate = request => request.IsQuery && asked++ % 2 == 0 ? HttpFault.EmptyPage : null;
        var query = new TableQuery { PartitionKey = "p", PageSize = 2 };
        var rows = new List<string>();
        do
        {
            var page = await table.QueryAsync(query, CancellationToken.None);
            rows.AddRange(page.Rows.Select(row => row.RowKey));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        Assert.Equal(keys.Concat(["x", "y"]).Order(StringComparer.Ordinal), rows);
    }
}
