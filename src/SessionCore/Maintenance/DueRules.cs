using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>When a row is due, and what is done then. Pure: everything it goes by is given.</summary>
/// <param name="Cutoff">Now, less the grace: what ended later is left alone.</param>
/// <param name="RevokedBefore">The instant before which every session counts as ended.</param>
/// <param name="Retention">How long an ended session stays known.</param>
internal sealed record DueRules(DateTimeOffset Cutoff, DateTimeOffset RevokedBefore, TimeSpan Retention)
{
    private const int KeyChars = 34;

    /// <summary>Judges the row that an entry led to.</summary>
    /// <param name="row">The row; null when there is none.</param>
    public DueVerdict Judge(TableRow? row)
    {
        if (row is null)
        {
            return new DueVerdict(DueAction.Drop);
        }

        if (IdempotencyClaims.ExpiryOf(row) is { } expiry)
        {
            return At(expiry, DueAction.PurgeRecord);
        }

        if (SessionRow.Read(row) is not { } session)
        {
            return new DueVerdict(DueAction.Quarantine);
        }

        if (session.IsEnded)
        {
            return At(DueAt(session, Retention), DueAction.PurgeTombstone);
        }

        // An instant that was set only now is given the grace too: writes made under the former one may be on their way.
        return session.CreatedAt < RevokedBefore && RevokedBefore <= Cutoff && !(session.KeptUntil > Cutoff)
            ? new DueVerdict(DueAction.PurgeLapsed)
            : At(DueAt(session, Retention), DueAction.PurgeLapsed);
    }

    /// <summary>When a row is to be looked at; null when it is not a row that has such a time.</summary>
    public static DateTimeOffset? DueAt(TableRow row, TimeSpan retention)
    {
        if (row.RowKey.Length != KeyChars || !SessionLocator.TryParseHex(row.RowKey.AsSpan(2), out _))
        {
            return null;
        }

        return IdempotencyClaims.ExpiryOf(row) ?? (SessionRow.Read(row) is { } session ? DueAt(session, retention) : null);
    }

    private static DateTimeOffset DueAt(Session session, TimeSpan retention)
    {
        if (session.IsEnded)
        {
            var ended = session.EndedAt ?? session.LastSeenAt;
            return ended < DateTimeOffset.MaxValue - retention ? ended + retention : DateTimeOffset.MaxValue;
        }

        return session.GoesAt;
    }

    private DueVerdict At(DateTimeOffset due, DueAction then) =>
        due <= Cutoff ? new DueVerdict(then) : new DueVerdict(DueAction.Move, due);
}
