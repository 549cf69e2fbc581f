using System.Globalization;
using System.Text;
using Bench.Runner.Loads;
using Bench.Runner.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionCore;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace Bench.Runner.Probes;

/// <summary>
/// Tables of their own, filled by the core in this process: with a clock set back it leaves sessions that have lapsed, which over HTTP
/// would take hours.
/// </summary>
internal sealed class SeededTables(string name, string tables, OurServers servers)
{
    private const int AtATime = 16;

    public Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["Tables__SessionsTable"] = name,
        ["Tables__DueTable"] = name + "due",
        ["Maintenance__OperationBudget"] = "00:03:20",
    };

    /// <summary>Creates sessions of as many users, as if this long ago.</summary>
    public async Task CreateAsync(string user, int count, TimeSpan ago, CancellationToken cancellationToken)
    {
        await using var provider = Compose(ago);
        var sessions = provider.GetRequiredService<SessionService>();
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
                if (creation.Outcome is not CreationOutcome.Created)
                {
                    throw new InvalidOperationException($"A session to purge could not be made: {creation.Outcome}.");
                }
            });
    }

    private ServiceProvider Compose(TimeSpan ago)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Tables:ConnectionString"] = tables,
            ["Tables:SessionsTable"] = name,
            ["Tables:DueTable"] = name + "due",
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
