using System.Security.Cryptography;
using System.Text.Json;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Operations;

/// <summary>Changes the live session of a key, wherever it is, and moves it to its user.</summary>
internal sealed class KeyedWriter(
    SessionWriter writer,
    SessionMover mover,
    SessionExpiry expiry,
    SessionRevocation revocation,
    SessionTable table,
    KeyTable keys,
    KeyHints hints,
    TimeProvider timeProvider,
    SessionPolicy policy)
{
    /// <summary>Replaces the content of the session at a place, if it is the key's.</summary>
    /// <exception cref="Tables.StoreUnavailableException">The table cannot tell.</exception>
    public async ValueTask<KeyedWrite> ReplaceAsync(
        SessionKey key, SessionLocator at, NewSession save, VersionCondition? condition, CancellationToken cancellationToken)
    {
        Session? earlier = null;
        var write = await ChangeAsync(
            key,
            at,
            (session, body) =>
            {
                earlier = null;
                if (RefusalOf(session, save, condition) is { } refusal)
                {
                    return (refusal, null);
                }

                if (save.UserId is not null && session.UserId is null)
                {
                    return (null, null);
                }

                var next = Saved(session, save);
                earlier = next.GoesAt < session.GoesAt ? next : null;
                return (new KeyedChange { Outcome = KeyedOutcome.Changed }, (next, WithContent(body, save)));
            },
            cancellationToken);
        if (earlier is not null && write.Change is { Outcome: KeyedOutcome.Changed })
        {
            await expiry.AddEarlierAsync(earlier, cancellationToken);
        }

        return write;
    }

    /// <summary>Merges into the data of the session at a place, if it is the key's.</summary>
    /// <exception cref="Tables.StoreUnavailableException">The table cannot tell.</exception>
    public ValueTask<KeyedWrite> MergeAsync(
        SessionKey key, SessionLocator at, JsonElement patch, VersionCondition? condition, CancellationToken cancellationToken) => ChangeAsync(
        key,
        at,
        (session, body) =>
        {
            if (condition is not null && !condition.IsMetBy(session))
            {
                return (Mismatch(session), null);
            }

            var data = JsonMergePatch.Apply(body.Data, patch);
            return data.Length > NewSession.MaxDataBytes
                ? (new KeyedChange { Outcome = KeyedOutcome.TooLarge }, null)
                : (new KeyedChange { Outcome = KeyedOutcome.Changed }, (session with { DataVersion = session.Version + 1 }, body with { Data = data }));
        },
        cancellationToken);

    /// <summary>Moves the anonymous session of a key to the user of a save, with what is saved.</summary>
    /// <returns>Null when there is no such session any more: it was moved or has ended meanwhile.</returns>
    public async ValueTask<KeyedChange?> MoveAsync(
        SessionKey key, SessionLocator from, NewSession save, VersionCondition? condition, CancellationToken cancellationToken)
    {
        KeyedChange? refusal = null;
        var move = new SessionMove(save.UserId!, IdentityOf(key, save))
        {
            Content = body => WithContent(body, save),
            Copy = (old, to) => Moved(old, to, save),
            IsAllowed = old =>
            {
                refusal = RefusalOf(old, save, condition);
                return refusal is null;
            },
            Companion = async (copy, token) =>
                await keys.FindAsync(key, token) is { } row && row.Session == from
                    ? keys.Naming(KeyRow.Naming(key, copy, timeProvider.GetSessionTime(), row))
                    : null,
        };
        var moved = await mover.MoveAsync(from, move, cancellationToken);
        switch (moved)
        {
            case { Outcome: MoveOutcome.Refused }:
                return refusal;
            case { Outcome: MoveOutcome.LimitReached }:
                return new KeyedChange { Outcome = KeyedOutcome.LimitReached, Limit = moved.Limit };
            case { Outcome: MoveOutcome.Moved, Copy: { } copy, Old: { } old } when table.Open(copy) is { } body:
                await hints.ShareAsync(key, copy.Locator, cancellationToken);
                var effectiveBy = await revocation.EntombAsync([old], cancellationToken);
                return new KeyedChange
                {
                    Outcome = KeyedOutcome.Changed,
                    Session = LiveSession.From(copy, body, timeProvider.GetUtcNow()),
                    Degraded = effectiveBy is not null,
                };
            default:
                return null;
        }
    }

    private async ValueTask<KeyedWrite> ChangeAsync(
        SessionKey key,
        SessionLocator at,
        Func<Session, SessionBody, (KeyedChange? Change, (Session Next, SessionBody Body)? State)> decide,
        CancellationToken cancellationToken)
    {
        KeyedChange? change = null;
        var isOfKey = true;
        var write = await writer.ChangeAsync(
            at,
            (session, body) =>
            {
                isOfKey = key.IsOf(session.Key);
                (change, var state) = isOfKey ? decide(session, body) : default;
                return state;
            },
            static (before, after) => before.Claims.Span.SequenceEqual(after.Claims.Span) ? null : SessionEventTypes.ClaimsChanged,
            cancellationToken);
        if (write.Live is not { } live || !isOfKey)
        {
            return new KeyedWrite(Change: null, write.Ended, IsLive: false);
        }

        var made = change is null ? null : change with { Session = live, Degraded = !write.Confirmed };
        return new KeyedWrite(made, Ended: null, IsLive: true);
    }

    private KeyedChange? RefusalOf(Session session, NewSession save, VersionCondition? condition)
    {
        if (condition is not null && !condition.IsMetBy(session))
        {
            return Mismatch(session);
        }

        if (save.UserId is { } userId && session.UserId is { } other && other != userId)
        {
            return new KeyedChange { Outcome = KeyedOutcome.HasUser };
        }

        return NewSessionPolicy.FaultOf(save, policy.LimitsOf(session)) is { } fault
            ? new KeyedChange { Outcome = KeyedOutcome.OutsidePolicy, Fault = fault }
            : null;
    }

    private static KeyedChange Mismatch(Session session) =>
        new() { Outcome = KeyedOutcome.VersionMismatch, CurrentVersion = session.DataVersion };

    // A save that states a lifetime begins it anew, within the bound that counts from the authentication: the same save, repeated, is never refused.
    private Session Saved(Session session, NewSession save)
    {
        var now = timeProvider.GetSessionTime();
        var latest = session.AuthenticatedAt + policy.LimitsOf(session).AbsoluteLifetime;
        var absoluteEnd = save.AbsoluteLifetime is { } lifetime ? now + lifetime : session.AbsoluteExpiresAt;
        return (session with
        {
            DataVersion = session.Version + 1,
            IdleTimeout = save.IdleTimeout ?? session.IdleTimeout,
            AbsoluteExpiresAt = absoluteEnd < latest ? absoluteEnd : latest,
        }).SeenAt(now);
    }

    // Its creation stays that of the old session: an instant of which this instance does not know yet ends it all the same.
    private Session Moved(Session old, SessionLocator to, NewSession save)
    {
        var now = timeProvider.GetSessionTime();
        var limits = policy.LimitsOf(old);
        return Saved(
            old with
            {
                Locator = to,
                UserId = save.UserId,
                AuthenticatedAt = now,
                AbsoluteExpiresAt = now + limits.AbsoluteLifetime,
                Secret = new SessionSecret(Digest.Of(RandomNumberGenerator.GetBytes(SessionToken.SecretBytes))),
                Operation = OperationId.New(),
            },
            save);
    }

    private static SessionBody WithContent(SessionBody body, NewSession save)
    {
        var saved = NewSessionPolicy.BodyOf(save);
        return body with
        {
            Device = save.Device is null ? body.Device : saved.Device,
            Claims = save.ClaimsJson.IsEmpty ? body.Claims : saved.Claims,
            Data = saved.Data,
        };
    }

    private static byte[] IdentityOf(SessionKey key, NewSession save) =>
    [
        .. new RowFacts("keyed-move", SessionLocator.Hex(key.Partition), SessionLocator.Hex(key.Id))
            .Put(save.DataJson.Span)
            .Put(save.ClaimsJson.Span)
            .Put(save.Device?.Label)
            .Put(save.Device?.UserAgent)
            .Put(save.Device?.IpAddress)
            .Put((long)(save.IdleTimeout?.TotalSeconds ?? 0))
            .Put((long)(save.AbsoluteLifetime?.TotalSeconds ?? 0))
            .Written,
    ];
}

/// <summary>Result of a change of the session at a place.</summary>
/// <param name="Change">The result; null when the session is to be moved, or there is no live one of the key.</param>
/// <param name="Ended">The session, when it has ended.</param>
/// <param name="IsLive">Whether there is a live session of the key.</param>
internal readonly record struct KeyedWrite(KeyedChange? Change, EndedSession? Ended, bool IsLive);
