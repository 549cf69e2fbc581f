namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the timer that starts a function.</summary>
/// <param name="schedule">Six-field cron expression, or <c>%Name%</c> of an app setting that holds one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>Gets the schedule.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Gets or sets whether the last run is recorded, so that a missed one is caught up once.</summary>
    public bool UseMonitor { get; set; }
}
