using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support.Faults;
using Support.Hosts;
using Support.Servers;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>The adapter on real Azurite through a proxy that loses answers, swallows requests or refuses them.</summary>
public sealed class ProxiedTableTests : IAsyncLifetime
{
    private const string OtherTag = "W/\"datetime'2001-01-01T00%3A00%3A00.0000000Z'\"";

    private HttpFaultProxy? _proxy;
    private AzureDataConnection? _connection;
    private ITable? _table;

    public static TheoryData<string> AllWrites => ["insert", "replace", "merge", "delete", "transaction"];

    private HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("Not started.");

    private ITable Table => _table ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        _proxy = await HttpFaultProxy.StartAsync(azurite.Port, CancellationToken.None);
        _connection = new AzureDataConnection(
            new TableStorageOptions
            {
                ConnectionString = TableServerProcess.ConnectionStringFor(_proxy.Port),
                TryTimeout = TimeSpan.FromSeconds(20),
                TotalTimeout = TimeSpan.FromSeconds(30),
            },
            credential: null,
            TimeProvider.System,
            NullLoggerFactory.Instance);
        _table = _connection.Table(AzuriteServer.NewTableName());
        await Table.EnsureExistsAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _connection?.Dispose();
        await Proxy.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task A_write_that_meets_itself_after_a_lost_answer_is_not_sure(string kind)
    {
        var tag = await InsertAsync("r");
        var left = 1;
        Proxy.Fate = request => request.IsWrite && Interlocked.Decrement(ref left) == 0 ? HttpFault.CutAnswer : null;

        var result = await WriteAsync(kind, tag);

        Assert.Equal((OutcomeOf(kind), true), (result.Outcome, result.Uncertain));
        var row = await Table.FindAsync("p", kind is "insert" or "transaction" ? "new" : "r", CancellationToken.None);
        Assert.Equal(kind is "delete" ? null : "written", row?.GetString("Value"));
    }

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task A_write_that_meets_another_at_its_only_try_is_sure(string kind)
    {
        await InsertAsync("r");
        await InsertAsync("new");
        var before = Proxy.Calls;

        var result = await WriteAsync(kind, OtherTag);

        Assert.Equal((kind is "delete" ? TableOutcome.Conflict : OutcomeOf(kind), false), (result.Outcome, result.Uncertain));
        Assert.Equal(before + 1, Proxy.Calls);
    }

    [Theory]
    [MemberData(nameof(AllWrites))]
    public async Task A_write_that_a_busy_store_refused_at_first_is_applied_once_and_sure(string kind)
    {
        var tag = await InsertAsync("r");
        var left = 1;
        Proxy.Fate = request => request.IsWrite && Interlocked.Decrement(ref left) == 0 ? HttpFault.Answer(503, "ServerBusy") : null;

        var result = await WriteAsync(kind, tag);

        Assert.Equal((TableOutcome.Written, false), (result.Outcome, result.Uncertain));
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "InternalError")]
    public async Task A_store_that_refuses_everything_is_not_buried_by_retries(int status, string code)
    {
        const int Calls = 200;
        var before = Proxy.Calls;
        Proxy.Fate = _ => HttpFault.Answer(status, code);

        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
            await Assert.ThrowsAsync<StoreUnavailableException>(
                async () => await Table.FindAsync("p", i.ToString(CultureInfo.InvariantCulture), token)));

        // Ten retries in hand, and nine more for a hundred calls.
        Assert.InRange(Proxy.Calls - before, Calls + 1, Calls + 28);
    }

    [Fact]
    public async Task A_caller_who_leaves_a_store_that_hangs_gets_its_own_cancellation()
    {
        using var source = new CancellationTokenSource();
        Proxy.Fate = _ =>
        {
            source.Cancel();
            return HttpFault.BlackHole;
        };

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Table.FindAsync("p", "r", source.Token));

        Assert.Equal(source.Token, e.CancellationToken);
    }

    [Fact]
    public async Task Half_an_answer_or_a_page_of_html_is_unavailable()
    {
        await InsertAsync("r");
        foreach (var fault in (HttpFault[])[HttpFault.HalfAnswer, HttpFault.Html])
        {
            Proxy.Fate = _ => fault;
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Table.FindAsync("p", "r", CancellationToken.None));
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Table.QueryAsync(new TableQuery(), CancellationToken.None));
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await WriteAsync("transaction", OtherTag));
            Proxy.Fate = null;
        }
    }

    private static TableOutcome OutcomeOf(string kind) => kind switch
    {
        "insert" or "transaction" => TableOutcome.AlreadyExists,
        "delete" => TableOutcome.NotFound,
        _ => TableOutcome.Conflict,
    };

    private async Task<string> InsertAsync(string rowKey)
    {
        var result = await Table.WriteAsync(TableWrite.Insert(new TableRow("p", rowKey).Set("Value", "old")), CancellationToken.None);
        return result.ETag ?? throw new InvalidOperationException("An insert gives an entity tag.");
    }

    private ValueTask<TableWriteResult> WriteAsync(string kind, string tag)
    {
        var row = new TableRow("p", "r").Set("Value", "written");
        var added = new TableRow("p", "new").Set("Value", "written");
        return kind switch
        {
            "insert" => Table.WriteAsync(TableWrite.Insert(added), CancellationToken.None),
            "replace" => Table.WriteAsync(TableWrite.Replace(row, tag), CancellationToken.None),
            "merge" => Table.WriteAsync(TableWrite.Merge(row, tag), CancellationToken.None),
            "delete" => Table.WriteAsync(TableWrite.Delete("p", "r", tag), CancellationToken.None),
            _ => Table.WriteAllAsync([TableWrite.Insert(added), TableWrite.Insert(new TableRow("p", "newer"))], CancellationToken.None),
        };
    }
}
