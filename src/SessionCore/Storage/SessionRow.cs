using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Mapping between a session and its row. The only place that knows the property names.</summary>
internal static class SessionRow
{
    public const string State = "state";
    public const string Live = "live";
    public const string Secret = "secret";
    public const string Previous = "previous";
    private const string Ended = "ended";
    private const string Stamp = "stamp";
    private const string Persistent = "persistent";
    private const int LastYear = 9000;

    /// <summary>Properties that <see cref="Read"/> needs of a row without its content.</summary>
    public static readonly IReadOnlyList<string> Outline =
    [
        State, "user", "created", "auth", "seen", "idle", "idleEnd", "absEnd", "aal", Persistent, "version", "dataVersion", "op", Secret, Previous, "rotated",
        "derived", "reason", Ended, "kept", "client", "key", Stamp, RowTags.Name,
    ];

    /// <summary>Returns the row of a new session.</summary>
    public static TableRow ToRow(Session session, RowTags tags) => new TableRow(session.Locator.PartitionKey, session.Locator.RowKey)
        .Set(State, session.IsEnded ? Ended : Live)
        .Set("user", session.UserId)
        .Set("created", session.CreatedAt)
        .Set("auth", session.AuthenticatedAt)
        .Set("seen", session.LastSeenAt)
        .Set("idle", (int)session.IdleTimeout.TotalSeconds)
        .Set("idleEnd", session.IdleExpiresAt)
        .Set("absEnd", session.AbsoluteExpiresAt)
        .Set("aal", (int)session.AssuranceLevel)
        .Set(Persistent, session.IsPersistent ? true : null)
        .Set("version", session.Version)
        .Set("dataVersion", session.DataVersion)
        .Set("op", session.Operation)
        .Set(Secret, session.Secret.Current.ToArray())
        .Set("derived", session.Secret.Derivation)
        .Set("kept", session.KeptUntil)
        .Set("client", session.Client)
        .Set("key", session.Key?.ToArray())
        .Set("reason", session.EndReason)
        .Set(Ended, session.EndedAt)
        .Set("body", session.SealedBody)
        .Set(Stamp, session.BodyStamp)
        .Set(RowTags.Name, tags.Make(SessionFacts.Of(session)));

    /// <summary>Returns the properties that a touch changes.</summary>
    public static TableRow ToActivity(
        LiveSession session, long version, string operation, DateTimeOffset seen, DateTimeOffset idleEnd, RowTags tags) =>
        Change(session.Locator, version, operation)
            .Set("seen", seen)
            .Set("idleEnd", idleEnd)
            .Set(RowTags.Name, tags.Make(SessionFacts.Of(session.Locator, session.Facts, version, operation, seen, idleEnd)));

    /// <summary>
    /// Returns the properties that a change of content, expiry or token changes. Absent digests and times are written explicitly,
    /// because a merge removes nothing.
    /// </summary>
    /// <param name="before">The session as read, whose entity tag the write requires.</param>
    /// <param name="after">The new state.</param>
    /// <param name="tags">The tags.</param>
    public static TableRow ToChange(Session before, Session after, RowTags tags) => Change(after)
        .SetChanged("auth", before.AuthenticatedAt, after.AuthenticatedAt)
        .SetChanged("seen", before.LastSeenAt, after.LastSeenAt)
        .SetChanged("idle", (int)before.IdleTimeout.TotalSeconds, (int)after.IdleTimeout.TotalSeconds)
        .SetChanged("idleEnd", before.IdleExpiresAt, after.IdleExpiresAt)
        .SetChanged("absEnd", before.AbsoluteExpiresAt, after.AbsoluteExpiresAt)
        .SetChanged("aal", (int)before.AssuranceLevel, (int)after.AssuranceLevel)
        .SetChanged(Persistent, before.IsPersistent, after.IsPersistent)
        .Set("dataVersion", after.DataVersion)
        .SetChanged(Secret, before.Secret.Current.ToArray(), after.Secret.Current.ToArray())
        .SetChanged(Previous, before.Secret.Previous.Bytes.ToArray(), after.Secret.Previous.Bytes.ToArray())
        .SetChanged("rotated", before.Secret.RotatedAt ?? DateTimeOffset.UnixEpoch, after.Secret.RotatedAt ?? DateTimeOffset.UnixEpoch)
        .SetChanged("derived", before.Secret.Derivation, after.Secret.Derivation)
        .Set("body", after.SealedBody)
        .Set(Stamp, after.BodyStamp)
        .Set(RowTags.Name, tags.Make(SessionFacts.Of(after)));

    /// <summary>Returns the properties that an end changes. The body is emptied, since a merge cannot remove it.</summary>
    public static TableRow ToEnd(Session session, RowTags tags) => Change(session)
        .Set(State, Ended)
        .Set("reason", session.EndReason)
        .Set("ended", session.EndedAt)
        .Set("body", Array.Empty<byte>())
        .Set(Stamp, Array.Empty<byte>())
        .Set(RowTags.Name, tags.Make(SessionFacts.Of(session)));

    /// <summary>Whether a row that was not checked claims to have a token whose secret has this digest.</summary>
    public static bool ClaimsSecret(TableRow row, in Digest secret) =>
        (row.GetBinary(Secret) is { Length: Digest.ByteLength } current && Digest.Read(current).Matches(secret))
        || PreviousSecrets.Find(PreviousSecrets.Read(row.GetBinary(Previous)).Bytes, secret) is not null;

    /// <summary>How a write changes the number of sessions that are not ended: 1 when it begins one, -1 when it ends one.</summary>
    public static int LiveChangeOf(TableWrite write)
    {
        if (!write.Row.RowKey.StartsWith(SessionLocator.RowPrefix, StringComparison.Ordinal))
        {
            return 0;
        }

        return (write.Kind, write.Row.GetString(State)) switch
        {
            (TableWriteKind.Insert, Live) => 1,
            (TableWriteKind.Merge, Ended) => -1,
            _ => 0,
        };
    }

    /// <summary>Checks a row against its tag.</summary>
    /// <param name="row">The row.</param>
    /// <param name="session">The result of <see cref="Read"/>.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="unknownKey">The id of the tag's key, when it is newer than all of the ring.</param>
    public static Opening Check(TableRow row, Session session, RowTags tags, out uint unknownKey)
    {
        var facts = SessionFacts.Of(
            session.Locator, session.Facts, session.Version, session.Operation, session.LastSeenAt, session.IdleExpiresAt);
        var opening = tags.Check(facts, row.GetBinary(RowTags.Name), out unknownKey);
        return session.SealedBody is { } body && !session.BodyStamp.AsSpan().SequenceEqual(BodyProtector.StampOf(body)) ? Opening.Refused : opening;
    }

    /// <summary>Reads a row. Its content is trusted only after <see cref="Check"/>.</summary>
    /// <returns>Null when the row is not a session's or is malformed.</returns>
    public static Session? Read(TableRow row)
    {
        if (!SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out var locator)
            || row.GetString(State) is not (Live or Ended)
            || Time(row, "created") is not { } created
            || Time(row, "auth") is not { } authenticated
            || Time(row, "seen") is not { } seen
            || row.GetInt64("idle") is not (>= 0 and <= int.MaxValue and var idle)
            || Time(row, "idleEnd") is not { } idleEnd
            || Time(row, "absEnd") is not { } absoluteEnd
            || row.GetInt64("aal") is not (>= 1 and <= 3 and var level)
            || row.GetInt64("version") is not { } version
            || row.GetInt64("dataVersion") is not { } dataVersion
            || row.GetString("op") is not { } operation
            || row.GetBinary(Secret) is not { Length: Digest.ByteLength } secret)
        {
            return null;
        }

        var isEnded = row.GetString(State) != Live;
        var session = new Session
        {
            Locator = locator,
            UserId = row.GetString("user"),
            Client = row.GetString("client"),
            Key = row.GetBinary("key") is { Length: Digest.ByteLength } key ? Digest.Read(key) : null,
            EndReason = isEnded ? row.GetString("reason") ?? EndReasons.Revoked : null,
            EndedAt = isEnded ? row.GetTime(Ended) : null,
            CreatedAt = created,
            AuthenticatedAt = authenticated,
            LastSeenAt = seen,
            IdleTimeout = TimeSpan.FromSeconds(idle),
            IdleExpiresAt = idleEnd,
            AbsoluteExpiresAt = absoluteEnd,
            AssuranceLevel = (AssuranceLevel)level,
            IsPersistent = row.GetBoolean(Persistent) == true,
            KeptUntil = Time(row, "kept"),
            Version = version,
            DataVersion = dataVersion,
            Operation = operation,
            Secret = ReadSecret(row, secret),
            SealedBody = isEnded ? null : row.GetBinary("body"),
            BodyStamp = row.GetBinary(Stamp) is { Length: > 0 } stamp ? stamp : null,
            ETag = row.ETag,
        };
        return session with { Facts = SessionFacts.DigestOf(session) };
    }

    // Another writer may have stored any time, and adding a lifetime to one near the maximum would overflow.
    private static DateTimeOffset? Time(TableRow row, string name) => row.GetTime(name) is { Year: <= LastYear } time ? time : null;

    private static SessionSecret ReadSecret(TableRow row, byte[] current) => new(
        Digest.Read(current),
        PreviousSecrets.Read(row.GetBinary(Previous)),
        row.GetTime("rotated") is { } rotated && rotated > DateTimeOffset.UnixEpoch ? rotated : null,
        row.GetBinary("derived") is { Length: > 0 } derivation ? derivation : null);

    private static TableRow SetChanged<T>(this TableRow row, string name, T before, T after)
        where T : struct => EqualityComparer<T>.Default.Equals(before, after) ? row : row.Set(name, after);

    private static TableRow SetChanged(this TableRow row, string name, byte[]? before, byte[]? after) =>
        before.AsSpan().SequenceEqual(after) ? row : row.Set(name, after ?? []);

    private static TableRow Change(Session session) => Change(session.Locator, session.Version, session.Operation);

    private static TableRow Change(SessionLocator locator, long version, string operation) =>
        new TableRow(locator.PartitionKey, locator.RowKey).Set("version", version).Set("op", operation);
}
