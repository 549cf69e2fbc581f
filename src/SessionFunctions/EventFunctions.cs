using Microsoft.Azure.Functions.Worker;
using SessionCore.Events;

namespace SessionFunctions;

/// <summary>Delivery of events. Both functions do nothing where events are off; a deployment without events disables them.</summary>
public sealed class EventFunctions(EventPump pump)
{
    // Within a minute, so that runs of the timer do not pile up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Delivers what is due: new tries, and events whose hint was lost.</summary>
    [Function("DeliverEvents")]
    public Task DeliverAsync([TimerTrigger("%EventSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        pump.DrainAsync(lanes: null, Patience, cancellationToken);

    /// <summary>Delivers the lanes that a hint names, right after a commit.</summary>
    [Function("DeliverHintedEvents")]
    public Task DeliverHintedAsync([QueueTrigger(QueuedHints.QueueSetting)] string hint, CancellationToken cancellationToken) =>
        pump.DrainAsync(QueuedHints.LanesOf(hint), Patience, cancellationToken);
}
