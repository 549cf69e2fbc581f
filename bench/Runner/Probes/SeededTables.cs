using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Bench.Runner.Loads;
using Bench.Runner.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace Bench.Runner.Probes;

/// <summary>
/// Tables of their own, filled by the core in this process: with a clock set back it leaves sessions that have lapsed, which over HTTP
/// would take hours.
/// </summary>
internal sealed class SeededTables(string name, string due, string tables, OurServers servers)
{
    private const int AtATime = 16;

    /// <summary>Tables of their own.</summary>
    public SeededTables(string name, string tables, OurServers servers)
        : this(name, name + "due", tables, servers)
    {
    }

    public Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["Tables__SessionsTable"] = name,
        ["Tables__DueTable"] = due,
        ["Maintenance__OperationBudget"] = "00:03:20",
    };

    /// <summary>The tables that the servers use by default.</summary>
    public static SeededTables OfMain(string tables, OurServers servers) => new("sessions", "sessiondue", tables, servers);

    /// <summary>Creates sessions of as many users, as if this long ago.</summary>
    public async Task<IReadOnlyList<OurSession>> CreateAsync(string user, int count, TimeSpan ago, CancellationToken cancellationToken)
    {
        await using var provider = Compose(ago);
        var sessions = provider.GetRequiredService<SessionService>();
        var created = new ConcurrentBag<OurSession>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                var creation = await sessions.CreateAsync(
                    new NewSession
                    {
                        UserId = string.Create(CultureInfo.InvariantCulture, $"{user}-{number}"),
                        ClaimsJson = Encoding.UTF8.GetBytes(SampleSession.Claims),
                        DataJson = Encoding.UTF8.GetBytes(SampleSession.Data),
                    },
                    key: null,
                    token);
                if (creation is not { Outcome: CreationOutcome.Created, Session.Live: { } live, Token: { } issued })
                {
                    throw new InvalidOperationException($"A session could not be made: {creation.Outcome}.");
                }

                created.Add(new OurSession(live.Id.ToString(), issued.Reveal()));
            });
        return [.. created];
    }

    private ServiceProvider Compose(TimeSpan ago)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Tables:ConnectionString"] = tables,
            ["Tables:SessionsTable"] = name,
            ["Tables:DueTable"] = due,
            ["Keys:Ring:0:Id"] = "1",
            ["Keys:Ring:0:Key"] = servers.RingKey,
            ["Keys:Ring:0:State"] = "Active",
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(new ShiftedClock(-ago))
            .AddSessionCore()
            .AddTableStorage()
            .BuildServiceProvider();
    }
}
