using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>Rules for when a row is due and which action follows. Pure functions of their inputs.</summary>
/// <param name="Cutoff">Now, less the grace: what ended later is left alone.</param>
/// <param name="RevokedBefore">The instants before which sessions count as ended.</param>
/// <param name="Retention">How long an ended session stays known.</param>
internal sealed record DueRules(DateTimeOffset Cutoff, RevokedBefore RevokedBefore, TimeSpan Retention)
{
    private const int KeyChars = 34;

    // The session of a key that was written to name it may come as late as storage takes a request: 15 minutes after it was signed.
    private static readonly TimeSpan LatestInsert = TimeSpan.FromHours(1);

    /// <summary>Decides what to do with the row of an entry. A row that is not genuine is neither deleted nor believed.</summary>
    /// <param name="row">The row; null when there is none.</param>
    public DueVerdict Judge(ExaminedRow? row)
    {
        if (row is null)
        {
            return new DueVerdict(DueAction.Drop);
        }

        if (row.RecordExpiresAt is { } expiry)
        {
            return At(expiry, DueAction.PurgeRecord);
        }

        if (row.Key is { } key)
        {
            return At(row.Named is { } named ? DueWith(named) : DueAlone(key), DueAction.PurgeKey);
        }

        if (row.Session is not { } session)
        {
            return new DueVerdict(DueAction.Quarantine);
        }

        if (session.IsEnded)
        {
            return At(DueAt(session, Retention), DueAction.PurgeTombstone);
        }

        // An instant that was set only now is given the grace too: writes made under the former one may be on their way.
        return RevokedBefore.AllOf(session.Namespace).Any(instant => session.CreatedAt < instant && instant <= Cutoff) && !(session.KeptUntil > Cutoff)
            ? new DueVerdict(DueAction.PurgeLapsed)
            : At(DueAt(session, Retention), DueAction.PurgeLapsed);
    }

    /// <summary>Returns when a row is due; null for a row without a due time.</summary>
    public static DateTimeOffset? DueAt(ExaminedRow row, TimeSpan retention)
    {
        if (row.Row.RowKey.Length != KeyChars || !SessionLocator.TryParseHex(row.Row.RowKey.AsSpan(2), out _))
        {
            return null;
        }

        return row.RecordExpiresAt ?? row.Key?.ReservedAt + LatestInsert ?? (row.Session is { } session ? DueAt(session, retention) : null);
    }

    // A key is known for as long as its session; the run that deletes that row may be this one.
    private DateTimeOffset DueWith(ExaminedRow named)
    {
        var next = Cutoff + LatestInsert;
        return named.Session is { } session && DueAt(session, Retention) is var due && due > next ? due : next;
    }

    // A session that fell to an instant has no row. Its key says so for as long as the row of an ended session would.
    private DateTimeOffset DueAlone(KeyRow key) => RevokedBefore.AllOf(key.Namespace)
        .Where(instant => key.CreatedAt < instant)
        .Select(instant => After(instant, Retention))
        .Append(key.ReservedAt + LatestInsert)
        .Max();

    private static DateTimeOffset DueAt(Session session, TimeSpan retention)
    {
        if (session.IsEnded)
        {
            return After(session.EndedAt ?? session.LastSeenAt, retention);
        }

        return session.GoesAt;
    }

    private static DateTimeOffset After(DateTimeOffset time, TimeSpan retention) =>
        time < DateTimeOffset.MaxValue - retention ? time + retention : DateTimeOffset.MaxValue;

    private DueVerdict At(DateTimeOffset due, DueAction then) =>
        due <= Cutoff ? new DueVerdict(then) : new DueVerdict(DueAction.Move, due);
}

/// <summary>Decision on a due entry.</summary>
/// <param name="Action">The action.</param>
/// <param name="DueAt">The new due time, for a move.</param>
internal readonly record struct DueVerdict(DueAction Action, DateTimeOffset DueAt = default);

/// <summary>Action on a due entry and its row.</summary>
internal enum DueAction
{
    /// <summary>No action: the entry stays for the next run.</summary>
    Keep,

    /// <summary>The row is gone: delete the entry.</summary>
    Drop,

    /// <summary>The row is due later: move the entry.</summary>
    Move,

    /// <summary>The session has lapsed: delete the row, its id in the head, and the entry.</summary>
    PurgeLapsed,

    /// <summary>The ended session is past its retention: delete the row and the entry.</summary>
    PurgeTombstone,

    /// <summary>The idempotency record is past its window: delete the row and the entry.</summary>
    PurgeRecord,

    /// <summary>The session that a key names is gone: row and entry go.</summary>
    PurgeKey,

    /// <summary>The row cannot be read: the entry is put aside, the row stays for a human to look at.</summary>
    Quarantine,
}
