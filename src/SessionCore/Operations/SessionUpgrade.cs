using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Upgrades an anonymous session at sign-in: creates a copy in the user's partition and ends the anonymous one.</summary>
/// <remarks>
/// The two partitions share no transaction. The new session comes first and nobody has its token until the old one has ended in
/// exactly the state that was copied, so no write to the old one is lost. Its id follows from that state and the request, and
/// the write that ends the old one bears its id: so whoever asks the same again, at once or after a lost answer, finds the same new
/// session and gets the same token, and nothing of it is written twice. A copy of a state that is no more is ended.
/// </remarks>
internal sealed class SessionUpgrade(
    SessionTable table,
    UserRowsReader userRows,
    SessionCreation creation,
    SessionRevocation revocation,
    RevocationEpoch epoch,
    KeyRing keys,
    SessionMetrics metrics,
    TimeProvider timeProvider,
    SessionPolicy policy)
{
    // A copy that was ended (by its user's sign-out everywhere, or evicted) before the old session makes room for a next one.
    private const int MaxCopies = 4;

    public async Task<Rotation> UpgradeAsync(SessionLocator from, RotationRequest request, CancellationToken cancellationToken)
    {
        SessionLocator? made = null;
        for (var retry = new ConflictRetry(timeProvider, "The session"); ; await retry.NextAsync(cancellationToken))
        {
            var old = await table.FindAsync(from, cancellationToken);
            var finished = FinishedCopyOf(old, request);
            var body = old is null || !await IsLiveAsync(old, cancellationToken) ? null : table.Open(old);
            var copies = body is null ? [] : CopiesOf(old!, old!.Version, request);
            if (made is { } left && left != finished && !copies.Contains(left))
            {
                await revocation.RevokeAsync(left, EndReasons.Upgraded, cancellationToken);
            }

            if (finished is { } found)
            {
                return await FindFinishedAsync(old!, found, cancellationToken);
            }

            if (body is null)
            {
                return Rotation.Unknown;
            }

            var (refusal, copy) = await CopyAsync(old!, body, copies, request, cancellationToken);
            if (copy is null)
            {
                return refusal ?? throw new StoreUnavailableException("The user's new session was ended again and again. Try again.");
            }

            made = copy.Locator;
            var head = await userRows.FindHeadAsync(from.Partition, cancellationToken);
            if (await revocation.TryEndAsync(old!, head, EndReasons.Upgraded, OperationOf(copy.Locator), cancellationToken) is { } ended)
            {
                return await FinishAsync(copy, ended, cancellationToken);
            }
        }
    }

    private static string OperationOf(SessionLocator copy) => SessionLocator.Hex(copy.Id);

    private static SessionLocator[] CopiesOf(Session old, long version, RotationRequest request)
    {
        var partition = SessionLocator.PartitionOf(request.UserId!);
        return [.. Enumerable.Range(0, MaxCopies).Select(copy => new SessionLocator(partition, IdOf(old.Locator, version, request, copy)))];
    }

    private static UInt128 IdOf(SessionLocator from, long version, RotationRequest request, int copy)
    {
        Span<byte> state = stackalloc byte[SessionLocator.ByteLength + sizeof(long) + 3];
        from.Write(state);
        BinaryPrimitives.WriteInt64BigEndian(state[SessionLocator.ByteLength..], version);
        state[^3] = (byte)request.AssuranceLevel.GetValueOrDefault();
        state[^2] = request.IsPersistent switch { null => 0, false => 1, true => 2 };
        state[^1] = (byte)copy;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];

        // No UTF-8 text holds the byte between the parts. No list of methods is not the same as an empty one.
        var methods = request.AuthenticationMethods is { } names ? $"[{string.Join('"', names)}]" : "";
        SHA256.HashData(
            [.. "upgrade/v1"u8, .. state, .. Encoding.UTF8.GetBytes(request.UserId!), 0xFF, .. request.ClaimsJson.Span, 0xFF, .. Encoding.UTF8.GetBytes(methods)],
            hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    // The same request was here before and got as far as ending the old session; its state was the one before that end.
    private static SessionLocator? FinishedCopyOf(Session? old, RotationRequest request)
    {
        if (old?.EndReason == EndReasons.Upgraded)
        {
            foreach (var copy in CopiesOf(old, old.Version - 1, request))
            {
                if (OperationOf(copy) == old.Operation)
                {
                    return copy;
                }
            }
        }

        return null;
    }

    private async ValueTask<Rotation> FindFinishedAsync(Session old, SessionLocator locator, CancellationToken cancellationToken)
    {
        var copy = await table.FindAsync(locator, cancellationToken);
        return copy is not null && await IsLiveAsync(copy, cancellationToken)
            ? await FinishAsync(copy, EndedSession.From(old, old.EndReason!, old.EndedAt ?? old.LastSeenAt), cancellationToken)
            : Rotation.Unknown;
    }

    private async ValueTask<bool> IsLiveAsync(Session session, CancellationToken cancellationToken)
    {
        var revokedBefore = await epoch.GetAsync(certain: false, cancellationToken);
        return session.EndAt(timeProvider.GetUtcNow(), revokedBefore) is null;
    }

    private async ValueTask<(Rotation? Refusal, Session? Copy)> CopyAsync(
        Session old, SessionBody body, SessionLocator[] copies, RotationRequest request, CancellationToken cancellationToken)
    {
        var content = request.Applied(body);
        foreach (var to in copies)
        {
            var fresh = table.Seal(Copied(old, to, request), content);
            var created = await creation.InsertAsync(fresh, content, isNewUser: false, mayExist: true, cancellationToken);
            switch (created.Outcome)
            {
                case CreationOutcome.LimitReached:
                    return (new Rotation { Outcome = RotationOutcome.LimitReached, Limit = created.Limit }, null);
                case CreationOutcome.Created:
                    return (null, fresh);
                default:
                    break;
            }

            // Another try has made it, with a secret of its own, and may have ended since.
            var copy = await table.FindAsync(to, cancellationToken);
            if (copy is not null && await IsLiveAsync(copy, cancellationToken))
            {
                return (null, copy);
            }
        }

        return default;
    }

    private Session Copied(Session old, SessionLocator to, RotationRequest request)
    {
        var now = timeProvider.GetSessionTime();
        var reached = request.AssuranceLevel ?? old.AssuranceLevel;
        var isPersistent = request.IsPersistent ?? old.IsPersistent;
        var limits = policy.LimitsOf(old.Client, reached, isPersistent);
        var derivation = RotatedSecret.NewDerivation(keys);
        var copy = old with
        {
            Locator = to,
            UserId = request.UserId,
            CreatedAt = now,
            AuthenticatedAt = now,
            AssuranceLevel = reached,
            IsPersistent = isPersistent,
            KeptUntil = null,
            AbsoluteExpiresAt = now + limits.AbsoluteLifetime,
            IdleTimeout = limits.IdleAfter(old, isPersistent),
            Secret = new SessionSecret(Digest.Of(RotatedSecret.Derive(keys, to, derivation)!.Value.Secret), Derivation: derivation),
            Operation = OperationId.New(),
        };
        return copy.SeenAt(now) with { Version = 1, DataVersion = 1 };
    }

    private async ValueTask<Rotation> FinishAsync(Session copy, EndedSession ended, CancellationToken cancellationToken)
    {
        var effectiveBy = await revocation.EntombAsync([ended], cancellationToken);
        if (copy.Secret.Derivation is not { } derivation || table.Open(copy) is not { } body)
        {
            return Rotation.Unknown;
        }

        if (RotatedSecret.Derive(keys, copy.Locator, derivation) is not { } derived)
        {
            throw new StoreUnavailableException("The session was upgraded under a key that this instance does not have.");
        }

        // Rotated since, so the derived token is not the current one.
        if (!copy.Secret.Current.Matches(Digest.Of(derived.Secret)))
        {
            return Rotation.Unknown;
        }

        metrics.Rotated();
        return new Rotation
        {
            Outcome = RotationOutcome.Rotated,
            Session = LiveSession.From(copy, body, timeProvider.GetUtcNow()),
            Token = SessionToken.Issue(derived.Key, copy.Locator, derived.Secret),
            EffectiveBy = effectiveBy,
        };
    }
}
