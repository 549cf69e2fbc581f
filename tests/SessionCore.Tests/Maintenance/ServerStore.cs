using SessionCore.Protection;
using SessionCore.Storage;
using SessionCore.Tables;
using SessionCore.Tests.Storage;
using Support.Hosts;
using Support.Maintenance;
using Support.Servers;
using Support.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>Tables on real Azurite for other processes, filled and checked directly.</summary>
internal sealed class ServerStore
{
    private const int AtOnce = 8;

    private readonly Dictionary<string, string> _settings;

    private ServerStore(SessionTables tables, Dictionary<string, string> settings)
    {
        Tables = tables;
        _settings = settings;
    }

    public SessionTables Tables { get; }

    /// <summary>Gets the ring of every process over the tables.</summary>
    public IReadOnlyList<KeyOptions> Ring => [new() { Id = 1, Key = _settings["Keys:Ring:0:Key"], State = KeyState.Active }];

    public RowTags Tags => TagsOf.Ring(Ring);

    /// <summary>Creates new tables.</summary>
    public static async Task<ServerStore> CreateAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string>(new HostConfiguration(azurite.ConnectionString, redis: null).Settings, StringComparer.OrdinalIgnoreCase)
        {
            ["Tables:SessionsTable"] = AzuriteServer.NewTableName("sessions"),
            ["Tables:DueTable"] = AzuriteServer.NewTableName("sessiondue"),

            // Generous: a busy machine must not make a test of meaning fail on time.
            ["Tables:TryTimeout"] = "00:00:20",
            ["Tables:TotalTimeout"] = "00:00:40",
        };
        var tables = new SessionTables(
            await AzuriteTables.OpenAsync(settings["Tables:SessionsTable"]), await AzuriteTables.OpenAsync(settings["Tables:DueTable"]));
        await tables.Sessions.EnsureExistsAsync(CancellationToken.None);
        await tables.Due.EnsureExistsAsync(CancellationToken.None);
        return new ServerStore(tables, settings);
    }

    /// <summary>Starts a server over the tables that runs maintenance when it is asked to.</summary>
    public Task<SessionServerProcess> StartServerAsync(params (string Name, string Value)[] settings) => SessionServerProcess.StartAsync(
        _settings["Tables:ConnectionString"],
        redis: null,
        With([.. settings, ("Maintenance:Timers", "false"), ("Logging:LogLevel:Default", "None")], "Tables:SessionsTable", "Tables:DueTable", "Tables:TryTimeout", "Tables:TotalTimeout", "Keys:Ring:0:Key"),
        CancellationToken.None);

    /// <summary>Starts a process over the tables that purges and rebuilds without end.</summary>
    public async Task<ServerProcess> StartMaintenanceAsync(params (string Name, string Value)[] settings)
    {
        var begun = new TaskCompletionSource();
        var program = new ServerProgram(DotnetHost.Program, [BuiltAssembly.Find("tests", "Support"), MaintenanceProgram.Name], "Build the solution first: 'dotnet build'.")
        {
            Environment = HostConfiguration.ToEnvironment(With(settings, [.. _settings.Keys]), new Uri("http://127.0.0.1")),
            OnLine = line =>
            {
                if (line == "Begun.")
                {
                    begun.TrySetResult();
                }
            },
        };
        return await ServerProcess.StartAsync(program, _ => Task.FromResult(begun.Task.IsCompleted), CancellationToken.None);
    }

    /// <summary>Inserts rows, as many at once as a transaction takes.</summary>
    public static Task InsertAsync(ITable table, IEnumerable<TableRow> rows) => Parallel.ForEachAsync(
        rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(TableRules.MaxTransactionRows)),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (batch, token) => Assert.True((await table.WriteAllAsync([.. batch.Select(TableWrite.Insert)], token)).IsWritten));

    /// <summary>Reads every row.</summary>
    public static async Task<IReadOnlyList<TableRow>> ReadAllAsync(ITable table)
    {
        var rows = new List<TableRow>();
        var query = new TableQuery();
        do
        {
            var page = await table.QueryAsync(query, CancellationToken.None);
            rows.AddRange(page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return rows;
    }

    public async Task PlantAsync(StorePlanter planter)
    {
        var (sessions, due) = planter.Take();
        await InsertAsync(Tables.Due, due);
        await InsertAsync(Tables.Sessions, sessions);
    }

    private Dictionary<string, string> With((string Name, string Value)[] settings, params string[] own)
    {
        var all = own.ToDictionary(name => name, name => _settings[name], StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return all;
    }
}
