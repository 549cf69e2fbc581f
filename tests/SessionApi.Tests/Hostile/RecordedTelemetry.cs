using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionApi.Tests.Hostile;

/// <summary>Keeps what meters and activity sources of the product tell: names, tags, events, states.</summary>
internal sealed class RecordedTelemetry : IDisposable
{
    private readonly ConcurrentQueue<string> _metrics = new();
    private readonly ConcurrentQueue<string> _traces = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public RecordedTelemetry()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => IsOurs(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _traces.Enqueue(Text(activity)),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public string Metrics => string.Join('\n', _metrics);

    public string Traces => string.Join('\n', _traces);

    public void Observe() => _meters.RecordObservableInstruments();

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private static bool IsOurs(string name) => name.StartsWith("Session", StringComparison.Ordinal);

    private static string Text(System.Diagnostics.Activity activity) =>
        $"{activity.DisplayName} {activity.StatusDescription} {Text(activity.TagObjects)} {string.Join(' ', activity.Baggage)} "
        + string.Join(' ', activity.Events.Select(happening => $"{happening.Name} {Text(happening.Tags)}"));

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _metrics.Enqueue($"{instrument.Name} {Text(tags.ToArray())}");
}
