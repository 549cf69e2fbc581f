using SessionChaos.Load;
using SessionChecking.Histories;
using SessionChecking.Rules;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionChaos.Histories;

/// <summary>
/// Says which call a write was made for. Every call that writes leaves something of its own in the row: a mark in the data, a reason,
/// an idle timeout, a token's hash. Only a touch does not; it is known by the version it answers.
/// </summary>
internal sealed class Attribution(IReadOnlyList<RawCall> calls, KeyRing keys)
{
    /// <summary>The call behind a transaction; null when it is none of the clients'.</summary>
    public RawCall? Of(LoggedWrite write)
    {
        var at = write.Record.At;

        // An eviction belongs to the creation in the same transaction.
        return write.Sessions.Where(change => change is { Before: null, After: not null }).Select(change => CreatorOf(change.After!, at)).FirstOrDefault()
            ?? write.Sessions.Select(change => change switch
            {
                { Before: { } before, After: { Session.IsEnded: true } after } when !before.Session.IsEnded => EnderOf(change.Locator, after, at),
                { Before: { } before, After: { Session.IsEnded: false } after } => ChangerOf(change.Locator, before, after, at),
                _ => null,
            }).OfType<RawCall>().FirstOrDefault();
    }

    private static HashSet<string> MembersOf(WrittenState state) => DataModel.Read(state.Body!.Data.Span); // a live session's body is open

    private static bool Names(RawCall call, SessionLocator locator) =>
        call.Sid is not null && SessionId.TryParse(call.Sid, out var id) && id.Locator == locator;

    private RawCall? CreatorOf(WrittenState after, long at)
    {
        var members = MembersOf(after);
        return calls.FirstOrDefault(call => call.Kind is CallKind.Create && call.UserId == after.Session.UserId && call.Covers(at) && members.Contains($"by={call.Mark}"))
            ?? calls.FirstOrDefault(call => call.Kind is CallKind.Upgrade && call.Covers(at) && members.Contains($"by={call.Mark}"));
    }

    private RawCall? EnderOf(SessionLocator locator, WrittenState after, long at) =>
        calls.FirstOrDefault(call => call.Kind is CallKind.Revoke or CallKind.RevokeAll && call.Mark == after.Session.EndReason)
        ?? calls.FirstOrDefault(call => call.Kind is CallKind.Upgrade && after.Session.EndReason == EndReasons.Upgraded && Names(call, locator) && call.Covers(at));

    private RawCall? ChangerOf(SessionLocator locator, WrittenState before, WrittenState after, long at)
    {
        var added = MembersOf(after);
        added.ExceptWith(MembersOf(before));
        if (added.Count > 0)
        {
            return calls.FirstOrDefault(call => call.Kind is CallKind.MergeData or CallKind.ReplaceData && (added.Contains(call.Mark!) || added.Contains($"put={call.Mark}"))); // such a call has a mark
        }

        if (before.Session.IdleTimeout != after.Session.IdleTimeout)
        {
            return calls.FirstOrDefault(call => call.IdleSeconds == (int)after.Session.IdleTimeout.TotalSeconds);
        }

        // A session that is the user's already is only rotated by an upgrade.
        var candidates = calls.Where(call => Names(call, locator) && call.Covers(at)).ToArray();
        if (!before.Session.Secret.Current.Matches(after.Session.Secret.Current))
        {
            var rotations = candidates.Where(call => call.Kind is CallKind.Rotate or CallKind.RotateOwn or CallKind.Upgrade).ToArray();
            return Array.Find(rotations, call => Issued(call, after)) ?? Array.Find(rotations, call => !call.IsAnswered);
        }

        return Array.Find(candidates, call => call.Kind is CallKind.Touch or CallKind.Validate && AnswerText.VersionOf(call) == after.Session.Version)
            ?? Array.Find(candidates, call => call.Kind is CallKind.Touch or CallKind.Validate && !call.IsAnswered);
    }

    private bool Issued(RawCall call, WrittenState after) =>
        call.Status == 200
        && SessionToken.Read(call.Answer!.TextOf("token"), keys, out var token) is TokenVerdict.Genuine // a status means an answer
        && after.Session.Secret.Current.Matches(token.SecretHash);
}
