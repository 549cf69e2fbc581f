using System.Diagnostics.Metrics;

namespace SessionApi.Diagnostics;

/// <summary>
/// Instruments of the HTTP surface. Names, units and tags are contract; tag values are bounded and never text of a request.
/// </summary>
internal sealed class ApiMetrics
{
    /// <summary>The meter to subscribe to.</summary>
    public const string MeterName = "SessionApi";

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _authenticationFailed;
    private readonly Counter<long> _denied;
    private readonly Counter<long> _rateLimited;

    /// <summary>Creates the instruments on the host's meter factory.</summary>
    public ApiMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _duration = meter.CreateHistogram<double>("session.api.duration", "s", "Time to answer, by operation and status.");
        _authenticationFailed = meter.CreateCounter<long>("session.api.authentication.failed", "{request}", "Credentials refused, by operation and scheme.");
        _denied = meter.CreateCounter<long>("session.api.denied", "{request}", "Valid credentials without the permission, by operation.");
        _rateLimited = meter.CreateCounter<long>("session.api.rate_limited", "{request}", "Requests answered with 429.");
    }

    internal bool MeasuresDuration => _duration.Enabled;

    internal void Answered(string operation, int status, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("status", status));

    internal void AuthenticationFailed(string operation, string scheme) => _authenticationFailed.Add(
        1,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("scheme", scheme));

    internal void Denied(string operation) => _denied.Add(1, new KeyValuePair<string, object?>("operation", operation));

    internal void RateLimited() => _rateLimited.Add(1);
}
