using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Moves an anonymous session to a user: creates a copy in the user's partition and ends the anonymous one.</summary>
/// <remarks>
/// The two partitions share no transaction. The new session is written first, and is not answered until the old one has ended in
/// exactly the state that was copied, so no write to the old one is lost. The new id follows from that state and the request, and
/// the write that ends the old session carries it. So the same request, repeated at once or after a lost answer, finds the same new
/// session, and nothing is written twice. A copy of an outdated state is ended.
/// </remarks>
internal sealed class SessionMover(
    SessionTable table,
    UserRowsReader userRows,
    SessionCreation creation,
    SessionRevocation revocation,
    RevocationEpoch epoch,
    TimeProvider timeProvider)
{
    // A copy that was ended (by its user's sign-out everywhere, or evicted) before the old session makes room for a next one.
    private const int MaxCopies = 4;

    /// <summary>Moves a session.</summary>
    /// <exception cref="StoreUnavailableException">The table cannot tell, or the sessions are changed faster than they can be read.</exception>
    public async ValueTask<MoveResult> MoveAsync(SessionLocator from, SessionMove move, CancellationToken cancellationToken)
    {
        SessionLocator? made = null;
        for (var retry = new ConflictRetry(timeProvider, "The session"); ; await retry.NextAsync(cancellationToken))
        {
            var old = await table.FindAsync(from, cancellationToken);
            var finished = FinishedCopyOf(old, move);
            var body = old is null || !await IsLiveAsync(old, cancellationToken) ? null : table.Open(old);
            var copies = body is null ? [] : CopiesOf(old!, old!.Version, move);
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
                return default;
            }

            if (!move.IsAllowed(old!))
            {
                return new MoveResult(MoveOutcome.Refused);
            }

            var (refusal, copy) = await CopyAsync(old!, body, copies, move, cancellationToken);
            if (copy is null)
            {
                return refusal ?? throw new StoreUnavailableException("The user's new session was ended again and again. Try again.");
            }

            made = copy.Locator;
            var with = await move.FindCompanionAsync(copy, cancellationToken);
            if (with is null && move.HasCompanion)
            {
                continue;
            }

            var head = await userRows.FindHeadAsync(from.Partition, cancellationToken);
            var end = new SessionEnd(EndReasons.Upgraded) { Operation = OperationOf(copy.Locator), With = with, AssignedTo = copy.Locator };
            if (await revocation.TryEndAsync(old!, head, end, cancellationToken) is { } ended)
            {
                return new MoveResult(MoveOutcome.Moved, copy, ended);
            }
        }
    }

    private static string OperationOf(SessionLocator copy) => SessionLocator.Hex(copy.Id);

    private static SessionLocator[] CopiesOf(Session old, long version, SessionMove move)
    {
        var partition = SessionLocator.PartitionOf(move.UserId);
        return [.. Enumerable.Range(0, MaxCopies).Select(copy => new SessionLocator(partition, IdOf(old.Locator, version, move, copy)))];
    }

    private static UInt128 IdOf(SessionLocator from, long version, SessionMove move, int copy)
    {
        Span<byte> state = stackalloc byte[SessionLocator.ByteLength + sizeof(long) + 1];
        from.Write(state);
        BinaryPrimitives.WriteInt64BigEndian(state[SessionLocator.ByteLength..], version);
        state[^1] = (byte)copy;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];

        // No UTF-8 text holds the byte between user and request.
        SHA256.HashData([.. "upgrade/v2"u8, .. state, .. Encoding.UTF8.GetBytes(move.UserId), 0xFF, .. move.Identity.Span], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    // The same request was here before and got as far as ending the old session; its state was the one before that end.
    private static SessionLocator? FinishedCopyOf(Session? old, SessionMove move)
    {
        if (old?.EndReason == EndReasons.Upgraded)
        {
            foreach (var copy in CopiesOf(old, old.Version - 1, move))
            {
                if (OperationOf(copy) == old.Operation)
                {
                    return copy;
                }
            }
        }

        return null;
    }

    private async ValueTask<MoveResult> FindFinishedAsync(Session old, SessionLocator locator, CancellationToken cancellationToken)
    {
        var copy = await table.FindAsync(locator, cancellationToken);
        return copy is not null && await IsLiveAsync(copy, cancellationToken)
            ? new MoveResult(MoveOutcome.Moved, copy, EndedSession.From(old, old.EndReason!, old.EndedAt ?? old.LastSeenAt))
            : default;
    }

    private async ValueTask<bool> IsLiveAsync(Session session, CancellationToken cancellationToken)
    {
        var revokedBefore = await epoch.GetAsync(certain: false, cancellationToken);
        return session.EndAt(timeProvider.GetUtcNow(), revokedBefore) is null;
    }

    private async ValueTask<(MoveResult? Refusal, Session? Copy)> CopyAsync(
        Session old, SessionBody body, SessionLocator[] copies, SessionMove move, CancellationToken cancellationToken)
    {
        var content = move.Content(body);
        foreach (var to in copies)
        {
            var fresh = table.Seal(move.Copy(old, to), content);
            var created = await creation.InsertAsync(fresh, content, isNewUser: false, EarlierInsert.Likely, cancellationToken);
            switch (created.Outcome)
            {
                case CreationOutcome.LimitReached:
                    return (new MoveResult(MoveOutcome.LimitReached) { Limit = created.Limit }, null);
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
}

/// <summary>Request to move an anonymous session to a user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Identity">What, besides the user and the state of the session, the copy follows from.</param>
internal sealed record SessionMove(string UserId, ReadOnlyMemory<byte> Identity)
{
    /// <summary>Gets what makes the copy's content of that of the old session.</summary>
    public required Func<SessionBody, SessionBody> Content { get; init; }

    /// <summary>Gets what makes the copy, at the given place, of the old session.</summary>
    public required Func<Session, SessionLocator, Session> Copy { get; init; }

    /// <summary>Gets whether the old session may be moved in the state that was read.</summary>
    public Func<Session, bool> IsAllowed { get; init; } = _ => true;

    /// <summary>Gets what finds the write that goes with the end of the old session; it finds none when that cannot be applied any more.</summary>
    public Func<Session, CancellationToken, ValueTask<TableWrite?>>? Companion { get; init; }

    public bool HasCompanion => Companion is not null;

    public ValueTask<TableWrite?> FindCompanionAsync(Session copy, CancellationToken cancellationToken) =>
        Companion is null ? default : Companion(copy, cancellationToken);
}

/// <summary>Result of a move.</summary>
/// <param name="Outcome">Its kind.</param>
/// <param name="Copy">The user's new session.</param>
/// <param name="Old">The anonymous one; its tombstone is the caller's to put.</param>
internal readonly record struct MoveResult(MoveOutcome Outcome, Session? Copy = null, EndedSession? Old = null)
{
    /// <summary>Gets how many sessions a user may have, when that stood in the way.</summary>
    public int Limit { get; init; }
}

/// <summary>Kind of a <see cref="MoveResult"/>.</summary>
internal enum MoveOutcome
{
    /// <summary>There is no live session to move.</summary>
    Unknown,

    /// <summary>The user has the session now.</summary>
    Moved,

    /// <summary>The state of the session did not allow it.</summary>
    Refused,

    /// <summary>The user has as many sessions as allowed, and the policy is to refuse.</summary>
    LimitReached,
}
