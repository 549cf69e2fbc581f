using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Incidents;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;
using Support.Hosts;
using Support.Jobs;
using Support.Servers;
using Support.Tables;
using Support.Time;

namespace SessionChecking.Jobs;

/// <summary>
/// Proof that a job ends exactly the sessions that fit, once, although the processes that work on it are killed (SIGKILL), on real Azurite;
/// and that its memory does not grow with the table.
/// </summary>
internal sealed class KilledJob : IAsyncDisposable
{
    public const int MostSessions = 1_000_000;

    private const int SessionsOfUser = 5;
    private const int OneIn = 10;
    private const int AtOnce = 8;
    private const string Wanted = "curl/8.5.0";

    private readonly ConcurrentBag<long> _heaps = [];
    private readonly Dictionary<string, string> _settings;
    private readonly CoreHarness _core;
    private readonly SessionTables _tables;
    private readonly HashSet<string> _wanted = [];
    private readonly int _sessions;

    private KilledJob(Dictionary<string, string> settings, SessionTables tables, int sessions)
    {
        _settings = settings;
        _tables = tables;
        _sessions = sessions;
        _core = Harness(TimeProvider.System);
    }

    private IReadOnlyList<KeyOptions> Ring => [new() { Id = 1, Key = _settings["Keys:Ring:0:Key"], State = KeyState.Active }];

    /// <summary>Fills new tables.</summary>
    public static async Task<KilledJob> CreateAsync(int sessions)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string>(new HostConfiguration(azurite.ConnectionString, redis: null).Settings, StringComparer.OrdinalIgnoreCase)
        {
            ["Tables:SessionsTable"] = AzuriteServer.NewTableName("sessions"),
            ["Tables:DueTable"] = AzuriteServer.NewTableName("sessiondue"),
            ["Tables:TryTimeout"] = "00:00:20",
            ["Tables:TotalTimeout"] = "00:00:40",
            ["Maintenance:LeaseTime"] = "00:00:10",
            ["Maintenance:RebuildRanges"] = "64",
        };
        var tables = new SessionTables(
            await AzuriteTables.OpenAsync(settings["Tables:SessionsTable"]), await AzuriteTables.OpenAsync(settings["Tables:DueTable"]));
        await tables.Sessions.EnsureExistsAsync(CancellationToken.None);
        await tables.Due.EnsureExistsAsync(CancellationToken.None);
        var proof = new KilledJob(settings, tables, sessions);
        await proof.PlantAsync();
        return proof;
    }

    /// <summary>Asks for the job, kills who works on it, and lets one finish it.</summary>
    public async Task<KilledJobReport> RunAsync(int kills, TimeSpan longestLife)
    {
        var clock = Stopwatch.StartNew();
        var request = new JobRequest(JobKind.Revoke, new SessionFilter { UserAgentContains = "CURL/" }) { Reason = "incident", CallerId = "key:check", CallerName = "check" };
        var dry = (await _core.Jobs.CreateAsync(request with { DryRun = true }, CancellationToken.None))!;
        await FinishAsync(_core, dry.Id);
        var dryTime = clock.Elapsed;
        var wouldEnd = await ResultAsync(dry.Id);

        var job = (await _core.Jobs.CreateAsync(request, CancellationToken.None))!;
        var newcomers = new List<SessionId>();
        var interrupted = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            await using var victim = await StartAsync();
            newcomers.Add(await SignInAsync(kill));
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(50, (int)longestLife.TotalMilliseconds)), TimeProvider.System);
            await victim.KillAsync();
            interrupted += (await _core.Jobs.FindAsync(job.Id, CancellationToken.None))!.State is JobState.Running ? 1 : 0;
        }

        // By a clock that has every lease of the dead expired.
        await using var last = Harness(new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(1)));
        await FinishAsync(last, job.Id);
        var done = (await _core.Jobs.FindAsync(job.Id, CancellationToken.None))!;
        return new KilledJobReport(_sessions, _wanted.Count, kills, interrupted, dryTime, clock.Elapsed, [.. _heaps])
        {
            Faults = await FaultsAsync(wouldEnd, done, newcomers),
        };
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    private static async Task FinishAsync(CoreHarness core, JobId id)
    {
        do
        {
            await core.Jobs.RunAsync(CancellationToken.None);
        }
        while ((await core.Jobs.FindAsync(id, CancellationToken.None))!.State is not JobState.Finished);
    }

    private CoreHarness Harness(TimeProvider clock) =>
        new(_tables, cache: null, clock, Ring, _settings.Where(setting => setting.Key.StartsWith("Maintenance:", StringComparison.Ordinal)).ToDictionary(setting => setting.Key, setting => (string?)setting.Value));

    private async Task<IReadOnlyList<string>> FaultsAsync(IReadOnlyList<string> wouldEnd, SessionJob done, IReadOnlyList<SessionId> newcomers)
    {
        var faults = new List<string>();
        void Expect(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }

        var ended = new HashSet<string>(StringComparer.Ordinal);
        var query = new TableQuery { RowFrom = SessionLocator.RowPrefix, PageSize = TableRules.MaxPageRows, PartitionTo = "~" };
        do
        {
            var page = await _tables.Sessions.QueryAsync(query, CancellationToken.None);
            foreach (var session in page.Rows.Select(SessionRow.Read).OfType<Session>())
            {
                if (session.IsEnded)
                {
                    ended.Add(new SessionId(session.Locator).ToString());
                    Expect(session.Version == 2, "A session was written more than once.");
                }
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        var result = await ResultAsync(done.Id);
        Expect(ended.SetEquals(_wanted), $"{ended.Count} sessions have ended; {_wanted.Count} fit.");
        Expect(wouldEnd.Count == _wanted.Count && wouldEnd.ToHashSet(StringComparer.Ordinal).SetEquals(_wanted), $"The dry run lists {wouldEnd.Count} sessions.");
        Expect(result.Count == _wanted.Count && result.ToHashSet(StringComparer.Ordinal).SetEquals(_wanted), $"The result lists {result.Count} sessions.");
        Expect(done.Progress.Ended == _wanted.Count, $"The job counts {done.Progress.Ended} ends.");
        foreach (var id in newcomers)
        {
            Expect((await _core.Sessions.FindAsync(id, ReadConsistency.Strong, CancellationToken.None)).Live is not null, "A session that began during the run has ended.");
        }

        return faults;
    }

    private async Task<ServerProcess> StartAsync()
    {
        var begun = new TaskCompletionSource();
        var program = new ServerProgram(DotnetHost.Program, [BuiltAssembly.Find("tests", "Support"), JobProgram.Name], "Build the solution first: 'dotnet build'.")
        {
            Environment = HostConfiguration.ToEnvironment(_settings, new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1").Uri),
            OnLine = line =>
            {
                if (line == "Begun.")
                {
                    begun.TrySetResult();
                }
                else if (line.StartsWith(JobProgram.HeapPrefix, StringComparison.Ordinal))
                {
                    _heaps.Add(long.Parse(line.AsSpan(JobProgram.HeapPrefix.Length), CultureInfo.InvariantCulture));
                }
            },
        };
        return await ServerProcess.StartAsync(program, _ => Task.FromResult(begun.Task.IsCompleted), CancellationToken.None);
    }

    private async Task<SessionId> SignInAsync(int i)
    {
        var device = new SessionDevice(Label: null, i % 2 == 0 ? Wanted : "Mozilla/5.0", IpAddress: null);
        var created = await _core.Sessions.CreateAsync(new NewSession { UserId = UserId(i), Device = device }, key: null, CancellationToken.None);
        return created.Session.Live!.Id;
    }

    private async Task<IReadOnlyList<string>> ResultAsync(JobId id)
    {
        var sids = new List<string>();
        string? continuation = null;
        do
        {
            var page = (await _core.Jobs.ReadResultAsync(id, continuation, CancellationToken.None))!;
            sids.AddRange(Encoding.UTF8.GetString(page.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SidOf));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return sids;
    }

    private static string SidOf(string line)
    {
        using var session = System.Text.Json.JsonDocument.Parse(line);
        return session.RootElement.GetProperty("sid").GetString()!;
    }

    private static string UserId(int user) => string.Create(CultureInfo.InvariantCulture, $"user {user}");

    // Rows as the service writes them, a user in a transaction.
    private Task PlantAsync() => Parallel.ForEachAsync(
        Enumerable.Range(0, _sessions / SessionsOfUser), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (user, token) =>
        {
            var tags = _core.Services.GetRequiredService<RowTags>();
            var head = UserHead.None(SessionLocator.PartitionOf(UserId(user)), UserId(user));
            var writes = new List<TableWrite>();
            for (var i = 0; i < SessionsOfUser; i++)
            {
                var session = NewSession(UserId(user), ((user * SessionsOfUser) + i) % OneIn == 0);
                writes.Add(TableWrite.Insert(SessionRow.ToRow(session, tags)));
                head = head.With(session.Locator.Id);
            }

            writes.Add(TableWrite.Insert(head.ToRow(tags)));
            if (!(await _tables.Sessions.WriteAllAsync(writes, token)).IsWritten)
            {
                throw new InvalidOperationException("The sessions could not be planted.");
            }
        });

    private Session NewSession(string userId, bool isWanted)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddMinutes(-5).ToUnixTimeMilliseconds());
        var session = new Session
        {
            Locator = new SessionLocator(SessionLocator.PartitionOf(userId), SessionLocator.NewId()),
            UserId = userId,
            CreatedAt = now,
            AuthenticatedAt = now,
            LastSeenAt = now,
            IdleTimeout = TimeSpan.FromHours(1),
            IdleExpiresAt = now.AddHours(1),
            AbsoluteExpiresAt = now.AddHours(23),
            AssuranceLevel = AssuranceLevel.Aal2,
            Version = 1,
            DataVersion = 1,
            Secret = new SessionSecret(Digest.Of("secret"u8.ToArray())),
            Operation = "0",
        };
        if (isWanted)
        {
            lock (_wanted)
            {
                _wanted.Add(new SessionId(session.Locator).ToString());
            }
        }

        var device = SessionJson.Device(name: null, label: null, isWanted ? Wanted : "Mozilla/5.0 (X11; Linux x86_64)", "203.0.113.7", lastIpAddress: null);
        return _core.Services.GetRequiredService<SessionTable>().Seal(session, new SessionBody(device, "{}"u8.ToArray(), "{}"u8.ToArray()));
    }
}
