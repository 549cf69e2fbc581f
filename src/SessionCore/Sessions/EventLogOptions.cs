namespace SessionCore.Sessions;

/// <summary>Options of the event log, which <c>GET /v1/events</c> reads.</summary>
public sealed class EventLogOptions
{
    internal static readonly TimeSpan ShortestRetention = TimeSpan.FromMinutes(15);
    internal static readonly TimeSpan LongestRetention = TimeSpan.FromDays(30);

    /// <summary>Gets or sets a value indicating whether each event is also appended to a log that services read. All instances must agree.</summary>
    /// <value>Default false. Needs <c>Events:Enabled</c>.</value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets how long the log keeps an event. A cursor that is older is answered with 410.</summary>
    /// <value>Default 1 day; 15 minutes to 30 days.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);
}
