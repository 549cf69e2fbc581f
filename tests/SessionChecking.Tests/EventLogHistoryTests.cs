using SessionChecking.Events;
using SessionChecking.PlantedFaults;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.Tests;

/// <summary>
/// The promises of the event log in histories of chance, with two writers, crashes, lost answers and late writes: a reader that follows
/// its cursor misses nothing and sees each session in order, and completeness is never claimed in vain. Planted faults break them.
/// </summary>
public sealed class EventLogHistoryTests
{
    private const int Histories = 120;

    // A search ends with the first one that is found.
    private const int FaultHistories = 500;

    [Fact]
    public async Task Every_promise_holds_in_every_history()
    {
        for (var seed = 1UL; seed <= Histories; seed++)
        {
            var breaches = await new EventHistory(seed, withLog: true).RunAsync();
            Assert.True(breaches.Count == 0, $"seed {seed}: {string.Join("; ", breaches.Take(3))}");
        }
    }

    [Fact]
    public Task An_event_that_is_removed_without_the_log_is_caught() => AssertCaughtAsync("was skipped", due => new LostAppends(due));

    [Fact]
    public Task A_writer_that_overwrites_another_is_caught() => AssertCaughtAsync("was skipped", due => new Overwriting(due));

    [Fact]
    public Task Completeness_past_a_notice_that_was_not_seen_is_caught() => AssertCaughtAsync("without the event", due => new HiddenNotices(due));

    [Fact]
    public Task A_row_that_is_missing_is_caught() => AssertCaughtAsync("the cursor was answered with", due => new MissingRows(due));

    [Fact]
    public Task Events_that_are_logged_against_their_order_are_caught() =>
        AssertCaughtAsync("was read after version", tables => tables with { Sessions = new EventsBackwards(tables.Sessions) });

    private static Task AssertCaughtAsync(string breach, Func<ITable, ITable> plant) =>
        AssertCaughtAsync(breach, tables => tables with { Due = plant(tables.Due) });

    private static async Task AssertCaughtAsync(string breach, Func<SessionTables, SessionTables> plant)
    {
        for (var seed = 1UL; seed <= FaultHistories; seed++)
        {
            if ((await new EventHistory(seed, plant, withLog: true).RunAsync()).Any(found => found.Contains(breach, StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail($"No history of {FaultHistories} had: {breach}.");
    }

    private static bool IsAppend(IReadOnlyList<TableWrite> writes) =>
        writes.Any(write => write.Kind is TableWriteKind.Insert && EventLogRow.Read(0, write.Row) is not null);

    private sealed class LostAppends(ITable inner) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) => IsAppend(writes)
            ? ValueTask.FromResult(new TableWriteResult(TableOutcome.Written, ETags: [.. writes.Select(write => write.ETag ?? "lost")]))
            : base.WriteAllAsync(writes, cancellationToken);
    }

    private sealed class Overwriting(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            var result = await Inner.WriteAllAsync(writes, cancellationToken);
            if (result.IsWritten || !IsAppend(writes))
            {
                return result;
            }

            var forced = new List<TableWrite>();
            foreach (var write in writes)
            {
                var present = await Inner.FindAsync(write.Row.PartitionKey, write.Row.RowKey, cancellationToken);
                forced.Add(present is null ? TableWrite.Insert(write.Row) : TableWrite.Replace(write.Row, present.ETag!));
            }

            return await Inner.WriteAllAsync(forced, cancellationToken);
        }
    }

    private sealed class HiddenNotices(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
        {
            var page = await Inner.QueryAsync(query, cancellationToken);
            return query.PartitionFrom?.StartsWith("event-", StringComparison.Ordinal) == true && page.Rows.Count > 1 ? page with { Rows = [.. page.Rows.SkipLast(1)] } : page;
        }
    }

    private sealed class MissingRows(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
        {
            var page = await Inner.QueryAsync(query, cancellationToken);
            return query.PartitionKey?.StartsWith("event-log-", StringComparison.Ordinal) == true ? page with { Rows = [.. page.Rows.Skip(1)] } : page;
        }
    }
}
