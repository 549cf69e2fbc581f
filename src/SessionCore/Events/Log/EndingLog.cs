using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>View of the event log that tells what has ended lately: by hashes of sids, and by the instants of revoke-before.</summary>
/// <param name="log">The log.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class EndingLog(EventLog log, TimeProvider timeProvider)
{
    // Between two looks for an ending, where other events keep coming.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets a value indicating whether the log is kept.</summary>
    public bool IsOn => log.IsOn;

    /// <summary>Reads what ended after a cursor.</summary>
    /// <param name="cursor">The cursor of an earlier reading; null for all that ended within <paramref name="keep"/>.</param>
    /// <param name="keep">How long an ending is told.</param>
    /// <param name="maxEvents">The maximum number of events that are read at a time.</param>
    /// <param name="wait">How long to wait for an ending when there is none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">The table does not answer, or the log does not verify.</exception>
    public async Task<EndingReading> ReadAsync(string? cursor, TimeSpan keep, int maxEvents, TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = timeProvider.GetUtcNow() + wait;
        for (var at = cursor; ;)
        {
            var reading = at is null
                ? await log.ReadSinceAsync(timeProvider.GetUtcNow() - keep, maxEvents, cancellationToken)
                : await log.ReadAsync(at, maxEvents, Rest(until), cancellationToken);
            var found = new EndingReading(reading, timeProvider.GetUtcNow() - keep);
            if (reading.Outcome is not EventLogOutcome.Read || cursor is null || !found.IsEmpty || reading.HasMore || Rest(until) < Pace)
            {
                return found;
            }

            at = reading.Cursor;
            await Task.Delay(Pace, timeProvider, cancellationToken);
        }
    }

    private TimeSpan Rest(DateTimeOffset until)
    {
        var rest = until - timeProvider.GetUtcNow();
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
