using System.Diagnostics.Metrics;

namespace SessionCore.Caching;

/// <summary>Instrument of the cache. Name, unit and tags are contract: dashboards and alerts read them.</summary>
internal sealed class CacheMetrics
{
    /// <summary>The meter to subscribe to.</summary>
    public const string MeterName = "SessionCore.Caching";

    private readonly Histogram<double> _duration;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates the instrument on the host's meter factory.</summary>
    public CacheMetrics(IMeterFactory meterFactory, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(meterFactory);
        _timeProvider = timeProvider;
        _duration = meterFactory.Create(MeterName).CreateHistogram(
            "session.cache.duration",
            "s",
            "Steps of the cache protocol, by operation and outcome.",
            tags: null,
            // A read takes some hundred microseconds; the default deadline is 250 ms.
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
            });
    }

    /// <summary>Gets a value indicating whether anybody listens.</summary>
    internal bool IsEnabled => _duration.Enabled;

    internal long Start() => _timeProvider.GetTimestamp();

    internal void Ended(long start, string operation, string outcome) => _duration.Record(
        _timeProvider.GetElapsedTime(start).TotalSeconds, new("operation", operation), new("outcome", outcome));
}
