using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionCore.Maintenance;

/// <summary>Instruments and activities of maintenance. Names, units and tags are contract: dashboards and alerts read them.</summary>
internal sealed class MaintenanceMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
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
        _purged = meter.CreateCounter<long>("session.purge.purged", "{row}", "Expired rows deleted, by kind: session, tombstone, record.");
        _moved = meter.CreateCounter<long>("session.purge.moved", "{entry}", "Due entries moved because their row is now due later.");
        _skipped = meter.CreateCounter<long>("session.purge.skipped", "{entry}", "Due entries left to the next run.");
        _quarantined = meter.CreateCounter<long>("session.maintenance.quarantined", "{row}", "Malformed rows put into quarantine.");
        _drift = meter.CreateCounter<long>("session.rebuild.drift", "{item}", "Errors in the user indexes that a rebuild repaired, by kind: head, due, list.");
        _backlogAge = meter.CreateGauge<double>("session.purge.backlog.age", "s", "Waiting time of the oldest due entry.");
        _runDuration = meter.CreateHistogram<double>("session.maintenance.run.duration", "s", "Time that this instance worked on a run, by job and outcome.");
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
