using System.Diagnostics;
using System.Text;
using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;
using Support.Tables;

namespace Bench.Runner.Probes;

/// <summary>Processor time of what protects a session's row, in this process and on one thread: what a read of the table pays and a cache hit does not.</summary>
internal sealed class TagProbe : IProbe
{
    public const string Name = "tag of a session's row";

    private const int Times = 20_000;
    private const int Rounds = 7;

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var table = new InMemoryTable();
        await using var core = new CoreHarness(new SessionTables(table, new InMemoryTable()), cache: null, TimeProvider.System);
        await core.Sessions.CreateAsync(
            new NewSession { UserId = "bench", ClaimsJson = Encoding.UTF8.GetBytes(SampleSession.Claims), DataJson = Encoding.UTF8.GetBytes(SampleSession.Data) },
            key: null,
            cancellationToken);
        var tags = core.Services.GetRequiredService<RowTags>();
        var protector = core.Services.GetRequiredService<BodyProtector>();
        var row = table.Snapshot().Single(row => SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out _));
        var session = SessionRow.Read(row) ?? throw new InvalidOperationException("The row cannot be read.");
        return new ProbeResult(
            Name,
            [
                Measure("read the row, with the digest of what activity leaves alone", () => SessionRow.Read(row) is not null),
                Measure("of that, the digest", () => !SessionFacts.DigestOf(session).IsNone),
                Measure("check the tag", () => SessionRow.Check(row, session, tags, out _) is SessionCore.Protection.Opening.Opened),
                Measure("make the tag, for a write", () => tags.Make(SessionFacts.Of(session)).Length > 0),
                Measure("open the body", () => protector.TryOpen(session, out _) is SessionCore.Protection.Opening.Opened),
            ]);
    }

    private static ProbeFigure Measure(string what, Func<bool> act)
    {
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++)
            {
                if (!act())
                {
                    throw new InvalidOperationException($"'{what}' has failed.");
                }
            }

            rounds[round] = Stopwatch.GetElapsedTime(began).TotalMicroseconds / Times;
        }

        return new ProbeFigure(what, rounds.Order().ElementAt(Rounds / 2), "µs");
    }
}
