using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>Content that the tag of a session's row authenticates: everything that is read from the row.</summary>
/// <remarks>
/// A touch recomputes the tag from a cached session. So the content that activity does not change is included by a digest, which cached
/// sessions have. The body is included by its identifying digest, so that a row read without its body can be verified.
/// </remarks>
internal static class SessionFacts
{
    /// <summary>Returns the digest of everything that activity does not change.</summary>
    public static Digest DigestOf(Session session)
    {
        var secret = session.Secret;
        var facts = new RowFacts("session/facts", session.Locator.PartitionKey, session.Locator.RowKey)
            .Put(session.EndReason)
            .Put(session.EndedAt)
            .Put(session.UserId)
            .Put(session.Client)
            .Put(session.Key?.ToArray())
            .Put(session.CreatedAt)
            .Put(session.AuthenticatedAt)
            .Put((long)session.IdleTimeout.TotalSeconds)
            .Put(session.AbsoluteExpiresAt)
            .Put((long)session.AssuranceLevel)
            .Put(session.IsPersistent ? 1L : 0L)
            .Put(session.DataVersion)
            .Put(session.KeptUntil)
            .Put(secret.Current.ToArray())
            .Put(secret.Previous.Bytes)
            .Put(secret.RotatedAt)
            .Put(secret.Derivation)
            .Put(session.BodyStamp);
        return Digest.Of(facts.Written);
    }

    public static RowFacts Of(Session session) =>
        Of(session.Locator, DigestOf(session), session.Version, session.Operation, session.LastSeenAt, session.IdleExpiresAt);

    public static RowFacts Of(
        SessionLocator locator, in Digest facts, long version, string operation, DateTimeOffset seen, DateTimeOffset idleEnd) =>
        new RowFacts("session", locator.PartitionKey, locator.RowKey)
            .Put(facts.ToArray())
            .Put(version)
            .Put(operation)
            .Put(seen)
            .Put(idleEnd);
}
