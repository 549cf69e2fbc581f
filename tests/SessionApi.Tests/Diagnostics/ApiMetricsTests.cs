using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SessionApi.Diagnostics;

namespace SessionApi.Tests.Diagnostics;

public sealed class ApiMetricsTests
{
    [Fact]
    public async Task Names_and_tags_are_as_dashboards_know_them()
    {
        var seen = new List<string>();
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["RateLimit:Failures"] = "1" });
        var factory = api.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ApiMetrics.MeterName && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Record(instrument, tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Record(instrument, tags.ToArray()));
        listener.Start();

        await api.SendRawAsync("GET", "/api/v1/session", null);
        await api.SendRawAsync("GET", "/api/v1/session", null);

        Assert.Equal(
            [
                "session.api.authentication.failed operation=GetOwnSession scheme=none",
                "session.api.duration operation=GetOwnSession status=401",
                "session.api.authentication.failed operation=GetOwnSession scheme=none",
                "session.api.rate_limited",
                "session.api.duration operation=GetOwnSession status=429",
            ],
            seen);

        void Record(Instrument instrument, KeyValuePair<string, object?>[] tags) =>
            seen.Add(string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}").Prepend(instrument.Name)));
    }
}
