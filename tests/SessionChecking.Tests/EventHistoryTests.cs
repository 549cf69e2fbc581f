using SessionChecking.Events;
using SessionChecking.PlantedFaults;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.Tests;

/// <summary>
/// The promises of events in histories of chance: each change has exactly one event, each event its change, all are delivered in the end,
/// none without a change, and those of a session in its order. Faults of the protocol, planted beneath the core, break them.
/// </summary>
public sealed class EventHistoryTests
{
    private const int Histories = 400;

    [Fact]
    public async Task Every_promise_holds_in_every_history()
    {
        for (var seed = 1UL; seed <= Histories; seed++)
        {
            var breaches = await new EventHistory(seed).RunAsync();
            Assert.True(breaches.Count == 0, $"seed {seed}: {string.Join("; ", breaches.Take(3))}");
        }
    }

    [Fact]
    public Task An_event_apart_from_its_change_is_caught() => AssertCaughtAsync("a write changed", tables => tables with { Sessions = new EventApart(tables.Sessions) });

    [Fact]
    public Task A_notice_that_is_not_written_is_caught() => AssertCaughtAsync("never delivered", tables => tables with { Due = new NoNotice(tables.Due) });

    [Fact]
    public Task A_notice_after_its_change_is_caught()
    {
        return AssertCaughtAsync("never delivered", tables =>
        {
            var late = new List<TableWrite>();
            return tables with { Sessions = new ThenNotice(tables.Sessions, tables.Due, late), Due = new LateNotice(tables.Due, late) };
        });
    }

    [Fact]
    public Task An_event_that_is_removed_when_its_target_fails_is_caught() => AssertCaughtAsync("never delivered", tables => tables with { Sessions = new RemovedOnFailure(tables.Sessions) });

    [Fact]
    public Task Events_that_are_read_against_their_order_are_caught() => AssertCaughtAsync("came after version", tables => tables with { Sessions = new EventsBackwards(tables.Sessions) });

    [Fact]
    public Task An_event_of_a_change_that_failed_is_caught() => AssertCaughtAsync("a write changed []", tables => tables with { Sessions = new WrittenAnyway(tables.Sessions) });

    [Fact]
    public Task An_event_that_is_removed_before_it_is_recorded_is_caught() =>
        AssertCaughtAsync("was recorded 0 times", tables => tables with { Sessions = new InTwoSteps(tables.Sessions, write => IsEvent(write)) });

    [Fact]
    public Task An_event_that_is_recorded_before_it_is_removed_is_caught() =>
        AssertCaughtAsync("was recorded 2 times", tables => tables with { Sessions = new InTwoSteps(tables.Sessions, write => !IsEvent(write)) });

    [Fact]
    public Task A_head_of_the_audit_apart_from_its_record_is_caught() =>
        AssertCaughtAsync("the audit does not verify", tables => tables with { Sessions = new InTwoSteps(tables.Sessions, write => !AuditHead.Is(write.Row.RowKey)) });

    private static async Task AssertCaughtAsync(string breach, Func<SessionTables, SessionTables> plant)
    {
        for (var seed = 1UL; seed <= Histories; seed++)
        {
            if ((await new EventHistory(seed, plant).RunAsync()).Any(found => found.Contains(breach, StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail($"No history of {Histories} had: {breach}.");
    }

    private static bool IsEvent(TableWrite write) => EventRow.Is(write.Row);

    private static bool IsNewNotice(TableWrite write) => write.Kind is TableWriteKind.Insert && EventNotice.Read(write.Row) is not null;

    private sealed class EventApart(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            TableWrite[] change = [.. writes.Where(write => !IsEvent(write))];
            var result = await Inner.WriteAllAsync(change, cancellationToken);
            foreach (var write in writes.Where(write => result.IsWritten && IsEvent(write)))
            {
                await Inner.WriteAsync(write, cancellationToken);
            }

            return result with { ETags = result.ETags is { } tags ? [.. tags, .. new string?[writes.Count - change.Length]] : null };
        }
    }

    private sealed class NoNotice(ITable inner) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
            IsNewNotice(write) ? ValueTask.FromResult(new TableWriteResult(TableOutcome.Written)) : base.WriteAsync(write, cancellationToken);
    }

    private sealed class LateNotice(ITable inner, List<TableWrite> late) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
        {
            if (!IsNewNotice(write))
            {
                return base.WriteAsync(write, cancellationToken);
            }

            late.Add(write);
            return ValueTask.FromResult(new TableWriteResult(TableOutcome.Written));
        }
    }

    private sealed class ThenNotice(ITable inner, ITable due, List<TableWrite> late) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            TableWrite[] notices = [.. late];
            late.Clear();
            var result = await Inner.WriteAllAsync(writes, cancellationToken);
            foreach (var notice in notices)
            {
                await due.WriteAsync(notice, cancellationToken);
            }

            return result;
        }
    }

    private sealed class RemovedOnFailure(ITable inner) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
            Inner.WriteAsync(IsEvent(write) && write.Kind is TableWriteKind.Replace ? TableWrite.Delete(write.Row.PartitionKey, write.Row.RowKey, write.ETag!) : write, cancellationToken);
    }

    // The move of an event into the audit in two transactions.
    private sealed class InTwoSteps(ITable inner, Func<TableWrite, bool> isFirst) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            if (!writes.Any(write => AuditRow.Is(write.Row)))
            {
                return await Inner.WriteAllAsync(writes, cancellationToken);
            }

            var first = await Inner.WriteAllAsync([.. writes.Where(isFirst)], cancellationToken);
            return first.IsWritten ? await Inner.WriteAllAsync([.. writes.Where(write => !isFirst(write))], cancellationToken) : first;
        }
    }

    private sealed class WrittenAnyway(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            try
            {
                return await Inner.WriteAllAsync(writes, cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                foreach (var write in writes.Where(IsEvent))
                {
                    await Inner.WriteAsync(write, cancellationToken);
                }

                throw;
            }
        }
    }
}
