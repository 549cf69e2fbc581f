using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support;
using Support.Caching;
using Support.Faults;
using Support.Hosts;
using Support.TableServer;
using Support.TableServer.Storage;

namespace SessionChaos.LostAnswers;

/// <summary>The real core and its real table client in this process, with a table server behind a proxy that loses answers.</summary>
internal sealed class LostAnswerRig : IAsyncDisposable
{
    private const string SessionsTable = "sessions";
    private const string DueTable = "sessiondue";

    private readonly DurableTables _tables;
    private readonly TableHost _host;
    private readonly HttpFaultProxy _proxy;
    private readonly AzureDataConnection _connection;
    private readonly CoreHarness _core;
    private int _users;

    private LostAnswerRig(TableHost host, HttpFaultProxy proxy, DurableTables tables)
    {
        _tables = tables;
        _host = host;
        _proxy = proxy;
        var options = new TableStorageOptions { ConnectionString = TableServerProcess.ConnectionStringFor(proxy.Port), TryTimeout = TimeSpan.FromSeconds(10), TotalTimeout = TimeSpan.FromSeconds(20) };
        _connection = new AzureDataConnection(options, credential: null, TimeProvider.System, NullLoggerFactory.Instance);
        _core = new CoreHarness(new SessionTables(_connection.Table(SessionsTable), _connection.Table(DueTable)), new InMemoryCache(Clock), Clock);
    }

    public AdvancingClock Clock { get; } = new();

    public SessionService Sessions => _core.Sessions;

    public CoreHarness Core => _core;

    public static async Task<LostAnswerRig> StartAsync(CancellationToken cancellationToken)
    {
        var tables = DurableTables.InMemory();
        var host = await TableHost.StartAsync(tables, port: 0, cancellationToken);
        var proxy = await HttpFaultProxy.StartAsync(host.Port, cancellationToken);
        await tables.CreateAsync(SessionsTable);
        await tables.CreateAsync(DueTable);
        return new LostAnswerRig(host, proxy, tables);
    }

    /// <summary>Returns a new user.</summary>
    public string NewUser() => string.Create(CultureInfo.InvariantCulture, $"user-{++_users}");

    /// <summary>Loses the answers of so many writes, from one on: 0 for the next.</summary>
    public void LoseAnswers(int from, int count)
    {
        var writes = 0;
        _proxy.Fate = request => request.IsWrite && Interlocked.Increment(ref writes) - 1 is var number && number >= from && number < from + count ? HttpFault.CutAnswer : null;
    }

    /// <summary>Loses nothing more.</summary>
    public void Heal() => _proxy.Fate = null;

    /// <summary>The row of a session, past client and proxy.</summary>
    public async Task<Session> RowAsync(SessionId id) =>
        await _tables.FindAsync(SessionsTable, id.Locator.PartitionKey, id.Locator.RowKey) is { } row && SessionRow.Read(row) is { } session
            ? session
            : throw new InvalidDataException("There is no such session.");

    /// <summary>The rows of a user's sessions and the number in the head, past client and proxy.</summary>
    public async Task<(IReadOnlyList<Session> Sessions, long HeadCount)> UserAsync(string userId)
    {
        var page = await _tables.QueryAsync(SessionsTable, new TableQuery { PartitionKey = SessionLocator.Hex(SessionLocator.PartitionOf(userId)) });
        var head = page.Rows.FirstOrDefault(row => row.RowKey.StartsWith("u_", StringComparison.Ordinal))?.GetInt64("count") ?? 0;
        return ([.. page.Rows.Select(SessionRow.Read).OfType<Session>()], head);
    }

    public async ValueTask DisposeAsync()
    {
        await _core.DisposeAsync();
        _connection.Dispose();
        await _proxy.DisposeAsync();
        await _host.DisposeAsync();
        await _tables.DisposeAsync();
    }
}
