using SessionChecking.Histories;
using Support;

namespace SessionChecking.Workloads;

/// <summary>What the clients of a history are mostly about: races need calls that touch the same thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weights">How often each kind of call comes.</param>
internal sealed record Theme(string Name, IReadOnlyList<(CallKind Kind, int Weight)> Weights)
{
    // One seed in so many: the other seeds keep the themes, and so the histories, that they have without it.
    private const ulong KeyedEvery = 16;

    private static readonly Theme[] Drawn =
    [
        new("revoking", [(CallKind.Validate, 8), (CallKind.Touch, 3), (CallKind.Revoke, 3), (CallKind.MergeData, 1), (CallKind.Create, 1)]),
        new("signing out", [(CallKind.Create, 4), (CallKind.Validate, 6), (CallKind.RevokeAll, 2), (CallKind.Revoke, 2), (CallKind.List, 1), (CallKind.ListEnded, 1), (CallKind.ListAll, 1), (CallKind.Touch, 1)]),
        new("writing", [(CallKind.MergeData, 5), (CallKind.ReplaceData, 2), (CallKind.Find, 6), (CallKind.Touch, 2), (CallKind.RotateOwn, 1), (CallKind.Revoke, 1)]),
        new("rotating", [(CallKind.Rotate, 2), (CallKind.RotateOwn, 3), (CallKind.Validate, 7), (CallKind.Touch, 1), (CallKind.MergeData, 1), (CallKind.Revoke, 1)]),
        new("crowding", [(CallKind.Create, 6), (CallKind.Revoke, 2), (CallKind.Validate, 3), (CallKind.List, 1), (CallKind.Count, 2), (CallKind.Touch, 1)]),
        new("repeating", [(CallKind.Create, 7), (CallKind.Validate, 4), (CallKind.Revoke, 1), (CallKind.MergeData, 1)]),
        new("lapsing", [(CallKind.Validate, 6), (CallKind.Touch, 6), (CallKind.SetExpiry, 2), (CallKind.Create, 3), (CallKind.MergeData, 1), (CallKind.Count, 1)]),
        new("upgrading", [(CallKind.Create, 3), (CallKind.Upgrade, 4), (CallKind.MergeData, 3), (CallKind.Validate, 4), (CallKind.Revoke, 1), (CallKind.List, 1)]),
        new("restoring", [(CallKind.RevokeBefore, 1), (CallKind.Create, 3), (CallKind.Validate, 7), (CallKind.Touch, 5), (CallKind.Find, 1)]),
        new("counting", [(CallKind.Count, 6), (CallKind.List, 2), (CallKind.ListEnded, 1), (CallKind.ListAll, 2), (CallKind.Create, 4), (CallKind.Revoke, 3), (CallKind.RevokeAll, 1)]),
        new("aging", [(CallKind.Find, 1), (CallKind.MergeData, 1)]),
        new("evicting", [(CallKind.Find, 6), (CallKind.Revoke, 2), (CallKind.MergeData, 4), (CallKind.Create, 2)]),
        new("purging", [(CallKind.Purge, 1), (CallKind.Touch, 6), (CallKind.Create, 3), (CallKind.SetExpiry, 2), (CallKind.Find, 2), (CallKind.Revoke, 2), (CallKind.MergeData, 1)]),
        new("ending", [(CallKind.Validate, 6), (CallKind.Find, 1), (CallKind.Touch, 3), (CallKind.MergeData, 1), (CallKind.Count, 2), (CallKind.ListAll, 1)]),
        // Of tokens and users: what comes after the purge is about keys.
        new("everything", [.. Enum.GetValues<CallKind>().Where(kind => kind < CallKind.Purge).Select(kind => (kind, kind is CallKind.Create or CallKind.Validate ? 4 : 1))]),
    ];

    /// <summary>Gets the theme of sessions that are found by a key.</summary>
    public static Theme Keyed { get; } = new(
        "keyed",
        [
            (CallKind.KeyedSave, 9), (CallKind.KeyedFind, 6), (CallKind.KeyedMerge, 2), (CallKind.KeyedTouch, 2), (CallKind.KeyedRevoke, 2), (CallKind.KeyedRevokeAll, 1),
            (CallKind.RevokeAll, 2), (CallKind.Revoke, 1), (CallKind.List, 1), (CallKind.Count, 1), (CallKind.Touch, 1),
            (CallKind.Purge, 1), (CallKind.RevokeBefore, 1),
        ]);

    public static IReadOnlyList<Theme> All { get; } = [.. Drawn, Keyed];

    /// <summary>The theme of a history.</summary>
    public static Theme Of(ulong seed, Dice dice) => seed % KeyedEvery == 0 ? Keyed : dice.Pick(Drawn);
}
