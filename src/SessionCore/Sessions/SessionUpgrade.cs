using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionCore.Diagnostics;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionCore.Sessions;

/// <summary>Makes an anonymous session one of its user: a new session in the user's partition with the same content, and the old one ended.</summary>
/// <remarks>
/// The two partitions share no transaction. The new session comes first and nobody has its token until the old one has ended in
/// exactly the state that was copied, so no write to the old one is lost; its id follows from both names, so that a repetition after
/// a crash goes on with the same new session.
/// </remarks>
internal sealed class SessionUpgrade(
    SessionTable table,
    SessionCreation creation,
    SessionRevocation revocation,
    SessionWriter writer,
    RevocationEpoch epoch,
    KeyRing keys,
    SessionMetrics metrics,
    TimeProvider time,
    IOptions<SessionPolicyOptions> policy)
{
    public async Task<Rotation> UpgradeAsync(SessionLocator from, string userId, AssuranceLevel? level, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(SessionToken.SecretBytes);
        var to = new SessionLocator(SessionLocator.PartitionOf(userId), IdOf(from, userId));
        for (var attempt = 1; attempt <= SessionWriter.MaxAttempts; attempt++)
        {
            var old = await table.FindAsync(from, cancellationToken);
            if (old is null || old.EndAt(time.GetUtcNow(), epoch.Known) is not null || table.Open(old) is not { } body)
            {
                return Rotation.Unknown;
            }

            var (outcome, live) = await CopyAsync(old, body, to, userId, level, secret, cancellationToken);
            if (live is null)
            {
                return outcome;
            }

            var head = await table.FindHeadAsync(from.Partition, cancellationToken);
            if (await revocation.TryEndAsync(old, head, EndReasons.Upgraded, cancellationToken) is { } ended)
            {
                metrics.Rotated();
                return outcome with
                {
                    Outcome = RotationOutcome.Rotated,
                    Session = live,
                    Token = SessionToken.Issue(keys.Active, to, secret),
                    EffectiveBy = await revocation.EntombAsync([ended], cancellationToken),
                };
            }

            await SessionWriter.PauseAsync(attempt, time, cancellationToken);
        }

        throw new StoreUnavailableException("The session is being changed by many writers at once. Try again.");
    }

    private static UInt128 IdOf(SessionLocator from, string userId)
    {
        Span<byte> locator = stackalloc byte[SessionLocator.ByteLength];
        from.Write(locator);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. "upgrade/v1"u8, .. locator, .. Encoding.UTF8.GetBytes(userId)], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private async ValueTask<(Rotation Outcome, LiveSession? Live)> CopyAsync(
        Session old, SessionBody body, SessionLocator to, string userId, AssuranceLevel? level, byte[] secret, CancellationToken cancellationToken)
    {
        var now = SessionCreation.Whole(time.GetUtcNow());
        var reached = level ?? old.AssuranceLevel;
        var profile = policy.Value.ProfileOf(reached);
        var fresh = old with
        {
            Locator = to,
            UserId = userId,
            CreatedAt = now,
            AuthenticatedAt = now,
            AssuranceLevel = reached,
            AbsoluteExpiresAt = now + profile.AbsoluteLifetime,
            IdleTimeout = old.IdleTimeout < profile.IdleTimeout ? old.IdleTimeout : profile.IdleTimeout,
            Secret = new SessionSecret(Digest.Of(secret)),
            Operation = SessionWriter.NewOperation(),
        };
        fresh = fresh.SeenAt(now) with { Version = 1, DataVersion = 1 };
        var created = await creation.InsertAsync(table.Seal(fresh, body), body, isNewUser: false, mayExist: true, cancellationToken);
        switch (created.Outcome)
        {
            case CreationOutcome.Created:
                return (Rotation.Unknown, created.Session.Live);
            case CreationOutcome.LimitReached:
                return (new Rotation { Outcome = RotationOutcome.LimitReached, Limit = created.Limit }, null);
            default:
                // An earlier try has made it. It takes over what the old one holds now, and this try's secret.
                var write = await writer.ChangeAsync(
                    to,
                    (session, _) => (session.SeenAt(now) with { Secret = fresh.Secret, DataVersion = session.Version + 1 }, body),
                    cancellationToken);
                return (Rotation.Unknown, write.Live);
        }
    }
}
