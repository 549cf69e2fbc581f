using SessionChaos.Histories;
using SessionChaos.Load;
using SessionChaos.Scenarios;
using SessionChecking.Histories;
using SessionCore.Tables;

namespace SessionChaos.Tests.Scenarios;

/// <summary>The promises, on real processes that die, stand still and fail over; and the judge's own promises.</summary>
public sealed class ChaosRoundTests(ShortRound round) : IClassFixture<ShortRound>
{
    private const int Faults = 19;

    private ChaosReport Report => round.Report;

    [Fact]
    public void Every_promise_holds_while_processes_die_stand_still_and_fail_over() =>
        Assert.True(Report.Findings.Count == 0, Report.Findings.Count == 0 ? "" : Report.Findings[0].ToString());

    [Fact]
    public void Every_fault_has_happened_and_most_calls_are_answered()
    {
        Assert.Equal(Faults, Report.Faults.Select(tally => tally.Fault).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Report.Faults, tally => Assert.True(tally.Calls > 0, tally.Fault));
        Assert.InRange((double)Report.Unknown / Report.Calls, 0.001, 0.3);
        Assert.NotInRange(Report.EndsConfirmed, 0, 50);
        Assert.NotInRange(Report.EndsAnnounced, 0, 5);
    }

    [Fact]
    public void A_write_that_is_missing_in_the_store_is_found_out()
    {
        // The last session that was created and answered for: nothing was written to it later that could tell.
        var created = Report.Run.Calls.Where(call => call is { Kind: CallKind.Create, Status: 201, Key: null }).MaxBy(call => call.Start);
        var partition = SessionCore.Sessions.SessionId.TryParse(created!.Answer!.TextOf("sid"), out var id) ? id.Locator.PartitionKey : ""; // there are some, answered
        var log = Report.Run.Log.Where(record => !record.Writes.Any(write => write.Kind is TableWriteKind.Insert && write.Row.PartitionKey == partition && write.Row.RowKey == id.Locator.RowKey));

        var findings = RunJudge.Judge(Report.Run with { Log = [.. log] });

        Assert.Contains(findings.SelectMany(finding => finding.Violations), violation => violation.Rule == "AcknowledgedWriteLost");
    }

    [Fact]
    public void An_answer_that_accepts_a_revoked_session_is_found_out()
    {
        var (before, after) = Report.Run.Groups.SelectMany(LooksAround).First();
        var answer = after.Answers[0];
        after.Answers[0] = before.Answers[0];
        try
        {
            var violations = RunJudge.Judge(Report.Run).SelectMany(finding => finding.Violations);

            Assert.Contains(violations, violation => violation.Rule == "RevokedAccepted");
        }
        finally
        {
            after.Answers[0] = answer;
        }
    }

    // Two reads of the same session: live before the revocation, and one after 204.
    private static IEnumerable<(RawCall Before, RawCall After)> LooksAround(UserGroup group) =>
        from revoke in @group.Calls
        where revoke is { Kind: CallKind.Revoke, Status: 204 }
        from before in @group.Calls
        where before is { Kind: CallKind.Find, Status: 200 } && before.Sid == revoke.Sid && before.End < revoke.Start && before.Answers[0].TextOf("state") == "live"
        from after in @group.Calls
        where after is { Kind: CallKind.Find, Status: 200 } && after.Sid == revoke.Sid && after.Start > revoke.End
        select (before, after);
}
