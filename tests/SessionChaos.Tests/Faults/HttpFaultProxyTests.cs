using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support.Faults;
using Support.Hosts;
using Support.TableServer;
using Support.TableServer.Storage;

namespace SessionChaos.Tests.Faults;

/// <summary>Each fault of the HTTP proxy has its documented effect on the intended client.</summary>
public sealed class HttpFaultProxyTests : IAsyncLifetime
{
    private readonly DurableTables _tables = DurableTables.InMemory();
    private TableHost? _host;
    private HttpFaultProxy? _proxy;
    private AzureDataConnection? _connection;
    private ITable? _table;

    private HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("Not started.");

    private ITable Table => _table ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _host = await TableHost.StartAsync(_tables, port: 0, CancellationToken.None);
        _proxy = await HttpFaultProxy.StartAsync(_host.Port, CancellationToken.None);
        _connection = Connect(maxRetries: 0, TimeSpan.FromSeconds(20));
        _table = _connection.Table("rows");
        await Table.EnsureExistsAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _connection?.Dispose();
        await Proxy.DisposeAsync();
        await _host!.DisposeAsync(); // it is started before every test
        await _tables.DisposeAsync();
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "InternalError")]
    public async Task An_answer_in_the_servers_place_changes_nothing(int status, string code)
    {
        Proxy.Fate = _ => HttpFault.Answer(status, code);
        await AssertUnavailableAsync(InsertAsync("r"));

        Proxy.Fate = null;
        Assert.Null(await FindAsync("r"));
    }

    [Fact]
    public async Task A_412_in_the_servers_place_is_a_conflict_that_is_none()
    {
        var written = await InsertAsync("r");
        Proxy.Fate = _ => HttpFault.Answer(412, "UpdateConditionNotSatisfied");

        var refused = await Table.WriteAsync(TableWrite.Delete("p", "r", written.ETag!), CancellationToken.None); // written, so it has a tag

        Assert.Equal((TableOutcome.Conflict, false), (refused.Outcome, refused.Uncertain));
        Proxy.Fate = null;
        Assert.NotNull(await FindAsync("r"));
    }

    [Fact]
    public async Task A_reset_never_reaches_the_server_and_a_cut_answer_does()
    {
        Proxy.Fate = _ => HttpFault.Reset;
        await AssertUnavailableAsync(InsertAsync("reset"));
        Proxy.Fate = _ => HttpFault.CutAnswer;
        await AssertUnavailableAsync(InsertAsync("cut"));

        Proxy.Fate = null;
        Assert.Null(await FindAsync("reset"));
        Assert.NotNull(await FindAsync("cut"));
    }

    [Fact]
    public async Task A_black_hole_lets_the_caller_wait_for_its_own_deadline()
    {
        using var impatient = Connect(maxRetries: 0, TimeSpan.FromMilliseconds(150));
        Proxy.Fate = _ => HttpFault.BlackHole;
        await AssertUnavailableAsync(InsertAsync("r", impatient.Table("rows")));

        Proxy.Fate = null;
        Assert.Null(await FindAsync("r"));
    }

    [Fact]
    public async Task A_late_request_is_answered_all_the_same()
    {
        var late = TimeSpan.FromMilliseconds(120);
        Proxy.Fate = _ => HttpFault.Late(late);
        var started = TimeProvider.System.GetTimestamp();

        Assert.True((await InsertAsync("r")).IsWritten);

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= late - TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public async Task Empty_pages_lose_no_row()
    {
        for (var i = 0; i < 5; i++)
        {
            await InsertAsync($"r{i}");
        }

        var asked = 0;
        Proxy.Fate = request => request.IsQuery && asked++ % 3 != 2 ? HttpFault.EmptyPage : null;
        var query = new TableQuery { PartitionKey = "p", PageSize = 2 };
        var rows = new List<string>();
        var empty = 0;
        do
        {
            var page = await Table.QueryAsync(query, CancellationToken.None);
            empty += page.Rows.Count == 0 ? 1 : 0;
            rows.AddRange(page.Rows.Select(row => row.RowKey));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        Assert.Equal(["r0", "r1", "r2", "r3", "r4"], rows);
        Assert.Equal(6, empty);
    }

    [Fact]
    public async Task Calls_and_point_reads_are_counted()
    {
        var before = (Proxy.Calls, Proxy.PointReads);
        await InsertAsync("r");
        await FindAsync("r");
        await Table.QueryAsync(new TableQuery(), CancellationToken.None);

        Assert.Equal((before.Calls + 3, before.PointReads + 1), (Proxy.Calls, Proxy.PointReads));
    }

    private static async Task AssertUnavailableAsync(ValueTask<TableWriteResult> write) =>
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await write);

    private ValueTask<TableRow?> FindAsync(string rowKey) => Table.FindAsync("p", rowKey, CancellationToken.None);

    private ValueTask<TableWriteResult> InsertAsync(string rowKey, ITable? table = null) =>
        (table ?? Table).WriteAsync(TableWrite.Insert(new TableRow("p", rowKey).Set("n", 1)), CancellationToken.None);

    private AzureDataConnection Connect(int maxRetries, TimeSpan timeout) => new(
        new TableStorageOptions { ConnectionString = TableServerProcess.ConnectionStringFor(Proxy.Port), MaxRetries = maxRetries, TryTimeout = timeout, TotalTimeout = timeout },
        credential: null,
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
