using SessionCore.Storage;

namespace SessionCore.Events;

/// <summary>All targets of the deployment.</summary>
internal sealed class EventTargets(IReadOnlyList<IEventTarget> targets, TimeProvider timeProvider)
{
    private readonly GuardedTarget[] _targets = [.. targets.Select(target => new GuardedTarget(target, timeProvider))];

    /// <summary>Gets all of them.</summary>
    public IReadOnlyList<GuardedTarget> All => _targets;

    /// <summary>Returns the targets that have not got an event yet. One that is configured no more is owed nothing.</summary>
    public IReadOnlyList<GuardedTarget> OwedOf(EventRow row) =>
        [.. _targets.Where(target => row.Owed?.Contains(target.Name, StringComparer.Ordinal) ?? target.Wants(row.Event.Type))];
}
