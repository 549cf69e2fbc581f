using System.Diagnostics.Metrics;

namespace SessionCore.Events;

/// <summary>Instruments of delivery. Names, units and tags are contract: dashboards and alerts read them.</summary>
internal sealed class EventMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SessionCore.Events";

    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _parked;
    private readonly Histogram<double> _latency;
    private readonly Gauge<double> _oldest;

    /// <summary>Creates the instruments on the host's meter factory.</summary>
    public EventMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _delivered = meter.CreateCounter<long>("session.events.delivered", "{event}", "Events that a target has acknowledged, by target.");
        _failed = meter.CreateCounter<long>("session.events.failed", "{attempt}", "Attempts that a target has not acknowledged, by target.");
        _parked = meter.CreateCounter<long>("session.events.parked", "{event}", "Events given up after 72 hours, by target.");
        _latency = meter.CreateHistogram<double>("session.events.latency", "s", "Time from a change to its acknowledgement by a target.");
        _oldest = meter.CreateGauge<double>("session.events.undelivered.age", "s", "Age of the oldest undelivered event of a lane.");
    }

    internal void Delivered(string target, TimeSpan latency)
    {
        _delivered.Add(1, new KeyValuePair<string, object?>("target", target));
        _latency.Record(Math.Max(0, latency.TotalSeconds));
    }

    internal void Failed(string target) => _failed.Add(1, new KeyValuePair<string, object?>("target", target));

    internal void Parked(string target) => _parked.Add(1, new KeyValuePair<string, object?>("target", target));

    internal void Oldest(int lane, TimeSpan age) => _oldest.Record(age.TotalSeconds, new KeyValuePair<string, object?>("lane", lane));
}
