using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionCore.Maintenance;

/// <summary>The instruments and activities of maintenance. Names, units and tags are contract: dashboards and alerts read them.</summary>
public sealed class MaintenanceMetrics
{
    /// <summary>The meter, and the source of activities, to subscribe to.</summary>
    public const string MeterName = "SessionCore.Maintenance";

    internal static readonly ActivitySource Activities = new(MeterName);

    private readonly Counter<long> _purged;
    private readonly Counter<long> _moved;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _drift;
    private readonly Gauge<double> _backlogAge;
    private readonly Histogram<double> _runDuration;

    /// <summary>Creates the instruments on the host's meter factory.</summary>
    public MaintenanceMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _purged = meter.CreateCounter<long>("session.purge.purged", "{row}", "Rows deleted when their time had come, by kind: session, tombstone, record.");
        _moved = meter.CreateCounter<long>("session.purge.moved", "{entry}", "Due entries moved because their row is due later now.");
        _skipped = meter.CreateCounter<long>("session.purge.skipped", "{entry}", "Due entries left to the next run.");
        _quarantined = meter.CreateCounter<long>("session.maintenance.quarantined", "{row}", "Rows put aside because they cannot be read.");
        _drift = meter.CreateCounter<long>("session.rebuild.drift", "{item}", "What a rebuild had to put right, by kind: head, due, list.");
        _backlogAge = meter.CreateGauge<double>("session.purge.backlog.age", "s", "How long the oldest due entry has been waiting for the purge.");
        _runDuration = meter.CreateHistogram<double>("session.maintenance.run.duration", "s", "How long runs took here, by job and outcome.");
    }

    internal void Purged(string kind, long number) => Add(_purged, number, new("kind", kind));

    internal void Moved(long number) => _moved.Add(number);

    internal void Skipped(long number) => _skipped.Add(number);

    internal void Quarantined() => _quarantined.Add(1);

    internal void Drift(string kind) => _drift.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void BacklogAge(TimeSpan age) => _backlogAge.Record(age.TotalSeconds);

    internal void Ran(string job, string outcome, TimeSpan duration) =>
        _runDuration.Record(duration.TotalSeconds, new("job", job), new("outcome", outcome));

    private static void Add(Counter<long> counter, long number, KeyValuePair<string, object?> tag)
    {
        if (number > 0)
        {
            counter.Add(number, tag);
        }
    }
}
