using SessionChecking.PlantedFaults;
using SessionChecking.Rules;
using SessionChecking.Running;
using SessionChecking.Workloads;
using Xunit.Abstractions;

namespace SessionChecking.Tests;

/// <summary>The checker finds what is wrong: each fault of the protocol, planted beneath the real core, breaks the rule it should break.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int MostHistories = 20_000;

    [Fact]
    public void A_touch_without_its_entity_tag_is_caught() => AssertCaught<OneStatePerVersion>(new TouchWithoutETag());

    [Fact]
    public void A_deletion_in_place_of_a_tombstone_is_caught() => AssertCaught<RevokedAccepted>(new DeletedInsteadOfEntombed());

    [Fact]
    public void A_fill_without_its_lease_is_caught() => AssertCaught<RevokedAccepted>(new FilledWithoutLease());

    [Fact]
    public void A_fill_by_version_only_is_caught() => AssertCaught<RevokedAccepted>(new FilledByVersion());

    [Fact]
    public void A_refresh_into_absence_is_caught() => AssertCaught<RevokedAccepted>(new RefreshedIntoAbsence());

    [Fact]
    public void An_end_acknowledged_before_its_tombstone_is_caught() => AssertCaught<RevokedAccepted>(new AcknowledgedBeforeTombstone());

    [Fact]
    public void A_purge_without_its_entity_tag_is_caught() => AssertCaught<EndedIsFinal>(new PurgeWithoutETag());

    [Fact]
    public void A_due_entry_after_its_session_is_caught() => AssertCaught<NoDuelessSession>(new DueAfterTheSession());

    [Fact]
    public void An_entry_of_any_age_is_caught() => AssertCaught<OlderThanMaxAge>(new NoMaxAge());

    [Fact]
    public void An_age_that_counts_from_after_the_read_is_caught() => AssertCaught<OlderThanMaxAge>(new ReadAtAfterTheRead());

    [Fact]
    public void A_validation_that_is_open_while_the_cache_fails_is_caught() => AssertCaught<RevokedAccepted>(new AcceptedByAFailure());

    [Fact]
    public void A_failure_of_the_cache_that_confirms_an_end_is_caught() => AssertCaught<RevokedAccepted>(new ConfirmedByAFailure());

    [Fact]
    public void A_head_apart_from_its_rows_is_caught() => AssertCaught<HeadNames>(new HeadWrittenApart());

    [Fact]
    public void A_limit_that_two_creations_pass_at_once_is_caught() => AssertCaught<LimitExact>(new HeadWrittenApart());

    [Fact]
    public void An_idempotency_key_that_is_checked_and_then_inserted_is_caught() => AssertCaught<OneSessionPerKey>(new KeyCheckedThenInserted());

    [Fact]
    public void A_revoke_before_that_is_read_only_once_is_caught() => AssertCaught<RevokedBefore>(new InstantReadOnce());

    [Fact]
    public void A_list_that_outlives_an_end_is_caught() => AssertCaught<CountRight>(new ListLeftBehind());

    [Fact]
    public void An_answer_with_another_sessions_row_is_caught() => AssertCaught<ForeignPayload>(new AnsweredWithAnotherRow());

    [Fact]
    public void A_key_row_after_its_session_is_caught() => AssertCaught<KeyFoundUntilItsEnd>(new KeyRowAfterTheSession());

    [Fact]
    public void A_move_that_leaves_the_old_session_live_is_caught() => AssertCaught<OneLiveSessionPerKey>(new MovedWithoutItsEnd());

    [Fact]
    public void A_save_that_revives_is_caught() => AssertCaught<NoSaveRevives>(new RevivedOnSave());

    [Fact]
    public void A_hash_of_keys_without_their_namespace_is_caught() => AssertCaught<NoKeyReachesAnotherNamespace>(new NamespaceLeftOutOfTheHash());

    private void AssertCaught<TRule>(IPlantedFault fault)
        where TRule : IHistoryRule
    {
        var checker = new Checker(fault) { IsEnough = finding => finding.Violations.Any(violation => violation.Rule == typeof(TRule).Name) };

        var report = checker.Run(firstSeed: 1, MostHistories);

        var caught = report.Findings.FirstOrDefault(checker.IsEnough);
        Assert.True(caught is not null, $"{fault.GetType().Name} broke {typeof(TRule).Name} in none of {report.All.Histories} histories.");
        output.WriteLine($"{fault.GetType().Name}: caught by {typeof(TRule).Name} after {caught.Seed} histories (check --seed {caught.Seed} --fault {fault.GetType().Name})");
        output.WriteLine(caught.Violations.First(violation => violation.Rule == typeof(TRule).Name).Text);
    }
}
