using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>One session as its row keeps it. Immutable: a change is a new value, written under the row's entity tag.</summary>
internal sealed record Session
{
    public required SessionLocator Locator { get; init; }

    public string? UserId { get; init; }

    /// <summary>Gets why it was ended; null while its row is live (it may have lapsed all the same).</summary>
    public string? EndReason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>Gets the first instant it is no longer live for lack of use; never after <see cref="AbsoluteExpiresAt"/>.</summary>
    public required DateTimeOffset IdleExpiresAt { get; init; }

    public required DateTimeOffset AbsoluteExpiresAt { get; init; }

    public required AssuranceLevel AssuranceLevel { get; init; }

    /// <summary>Gets the number of this state: 1 when created, one more with every write.</summary>
    public required long Version { get; init; }

    /// <summary>Gets the <see cref="Version"/> at which data or claims were written last; touches leave it alone.</summary>
    public required long DataVersion { get; init; }

    public required SessionSecret Secret { get; init; }

    /// <summary>Gets the id of the write that made this state; it tells a writer whose answer was lost that the write was its own.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Gets the protected body; null once ended.</summary>
    public byte[]? SealedBody { get; init; }

    /// <summary>Gets what tells the protected body from every other, so that a row read without it still says which one it has; null once ended.</summary>
    public byte[]? BodyStamp { get; init; }

    /// <summary>Gets the digest of all that activity does not change. A touch needs it to make the row's tag anew.</summary>
    public Digest Facts { get; init; }

    /// <summary>Gets the row's entity tag; null when it was not read.</summary>
    public string? ETag { get; init; }

    /// <summary>Gets until when its row stays even if it lapses: a creation repeated under its key has to find it. Null without a key.</summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>Gets when its row may go, as long as it is not ended: once it has lapsed, and nobody repeats its creation any more.</summary>
    public DateTimeOffset GoesAt
    {
        get
        {
            var end = Earlier(IdleExpiresAt, AbsoluteExpiresAt);
            return KeptUntil > end ? KeptUntil.Value : end;
        }
    }

    public bool IsEnded => EndReason is not null;

    /// <summary>The state after activity at <paramref name="now"/>.</summary>
    public Session SeenAt(DateTimeOffset now) =>
        this with { LastSeenAt = now, IdleExpiresAt = Earlier(now + IdleTimeout, AbsoluteExpiresAt), Version = Version + 1 };

    /// <summary>The state after an end; the body goes, so that nothing that still verifies can be revived.</summary>
    public Session EndedWith(string reason, DateTimeOffset now) =>
        this with { EndReason = reason, EndedAt = now, SealedBody = null, BodyStamp = null, Version = Version + 1 };

    /// <summary>Why it is not live at <paramref name="now"/>, and since when; null while it is live. The boundary instant has ended.</summary>
    public (string Reason, DateTimeOffset At)? EndAt(DateTimeOffset now, DateTimeOffset revokedBefore)
    {
        if (EndReason is not null)
        {
            return (EndReason, EndedAt ?? LastSeenAt);
        }

        if (CreatedAt < revokedBefore)
        {
            return (EndReasons.RevokedBefore, revokedBefore);
        }

        if (now >= AbsoluteExpiresAt)
        {
            return (EndReasons.AbsoluteLifetime, AbsoluteExpiresAt);
        }

        return now >= IdleExpiresAt ? (EndReasons.IdleTimeout, IdleExpiresAt) : null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
