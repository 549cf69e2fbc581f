using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>What the tag of a session's row covers: everything that is read from the row.</summary>
/// <remarks>
/// In two parts, because a touch knows the session from the cache: what activity leaves alone stands in the tag by its digest, which a
/// cached session carries. The body is covered by its stamp, so that a row read without its body verifies too.
/// </remarks>
internal static class SessionFacts
{
    /// <summary>The digest of all that activity leaves alone.</summary>
    public static Digest DigestOf(Session session)
    {
        var secret = session.Secret;
        var facts = new RowFacts("session/facts", session.Locator.PartitionKey, session.Locator.RowKey)
            .Put(session.EndReason)
            .Put(session.EndedAt)
            .Put(session.UserId)
            .Put(session.CreatedAt)
            .Put(session.AuthenticatedAt)
            .Put((long)session.IdleTimeout.TotalSeconds)
            .Put(session.AbsoluteExpiresAt)
            .Put((long)session.AssuranceLevel)
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
