using System.Diagnostics.Metrics;

namespace SessionCore.Tables;

/// <summary>Instruments of the tables: duration and outcome of calls, rows read. Names and tags are contract.</summary>
internal sealed class TableMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string MeterName = "SessionCore.Tables";

    // Point reads within a region take milliseconds; the deadline of a call is three seconds.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _rowsRead;

    /// <summary>Creates the instruments on the host's meter factory.</summary>
    public TableMetrics(IMeterFactory meterFactory)
    {
        ArgumentNullException.ThrowIfNull(meterFactory);
        var meter = meterFactory.Create(MeterName);
        _duration = meter.CreateHistogram(
            "session.table.duration", "s", "Duration of a call to a table, including retries, by operation and outcome.", tags: null, Buckets);
        _rowsRead = meter.CreateCounter<long>("session.table.rows.read", "{row}", "Rows read, by operation.");
    }

    internal void Called(string operation, string outcome, TimeSpan duration, int rowsRead)
    {
        _duration.Record(duration.TotalSeconds, new("operation", operation), new("outcome", outcome));
        if (rowsRead > 0)
        {
            _rowsRead.Add(rowsRead, new KeyValuePair<string, object?>("operation", operation));
        }
    }
}
