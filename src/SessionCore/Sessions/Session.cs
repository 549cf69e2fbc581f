using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Session as stored in its row. Immutable: a change is a new value, written under the row's entity tag.</summary>
internal sealed record Session
{
    public required SessionLocator Locator { get; init; }

    public string? UserId { get; init; }

    /// <summary>Gets the name of the client that created it; null when it was not told.</summary>
    public string? Client { get; init; }

    /// <summary>Gets the digest of client and key that find it; null for a session that is found by its token.</summary>
    public Digest? Key { get; init; }

    /// <summary>Gets why it was ended; null while its row is live (it may have lapsed all the same).</summary>
    public string? EndReason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>
    /// Gets the instant from which it is no longer live without activity; never after <see cref="AbsoluteExpiresAt"/>.
    /// </summary>
    public required DateTimeOffset IdleExpiresAt { get; init; }

    public required DateTimeOffset AbsoluteExpiresAt { get; init; }

    public required AssuranceLevel AssuranceLevel { get; init; }

    /// <summary>Gets a value indicating whether the user is remembered: its limits are those of persistent sessions.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Gets the number of this state: 1 when created, one more with every write.</summary>
    public required long Version { get; init; }

    /// <summary>Gets the <see cref="Version"/> of the last write of data or claims; touches do not change it.</summary>
    public required long DataVersion { get; init; }

    public required SessionSecret Secret { get; init; }

    /// <summary>Gets the operation id of the last write, by which a writer without an answer recognises its own write.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Gets the encrypted body; null after the end.</summary>
    public byte[]? SealedBody { get; init; }

    /// <summary>Gets the digest that identifies the encrypted body, for rows that are read without it; null after the end.</summary>
    public byte[]? BodyStamp { get; init; }

    /// <summary>Gets the digest of everything that activity does not change. A touch needs it to recompute the row's tag.</summary>
    public Digest Facts { get; init; }

    /// <summary>Gets the row's entity tag; null for a row that was not read.</summary>
    public string? ETag { get; init; }

    /// <summary>
    /// Gets the instant until which the row is kept even after a lapse, for a repetition of the creation under its idempotency key.
    /// Null without a key.
    /// </summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>
    /// Gets when the row of a session that is not ended may be deleted: it has lapsed, and its creation can no longer be repeated.
    /// </summary>
    public DateTimeOffset GoesAt
    {
        get
        {
            var end = Earlier(IdleExpiresAt, AbsoluteExpiresAt);
            return KeptUntil > end ? KeptUntil.Value : end;
        }
    }

    /// <summary>Gets the number of the client's keys as a whole; null for a session without a key.</summary>
    public UInt128? Namespace => Key is null || Client is null ? null : SessionKey.NamespaceOf(Client);

    public bool IsEnded => EndReason is not null;

    /// <summary>Returns the state after activity at <paramref name="now"/>.</summary>
    public Session SeenAt(DateTimeOffset now) =>
        this with { LastSeenAt = now, IdleExpiresAt = Earlier(now + IdleTimeout, AbsoluteExpiresAt), Version = Version + 1 };

    /// <summary>
    /// Returns the state after an end. The body is removed, so that an ended session cannot be revived with its content.
    /// </summary>
    public Session EndedWith(string reason, DateTimeOffset now) =>
        this with { EndReason = reason, EndedAt = now, SealedBody = null, BodyStamp = null, Version = Version + 1 };

    /// <summary>Why it is not live at <paramref name="now"/>, and since when; null while it is live. The boundary instant has ended.</summary>
    public (string Reason, DateTimeOffset At)? EndAt(DateTimeOffset now, RevokedBefore revoked)
    {
        if (EndReason is not null)
        {
            return (EndReason, EndedAt ?? LastSeenAt);
        }

        if (revoked.EndOf(CreatedAt, Namespace) is { } end)
        {
            return end;
        }

        if (now >= AbsoluteExpiresAt)
        {
            return (EndReasons.AbsoluteLifetime, AbsoluteExpiresAt);
        }

        return now >= IdleExpiresAt ? (EndReasons.IdleTimeout, IdleExpiresAt) : null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
