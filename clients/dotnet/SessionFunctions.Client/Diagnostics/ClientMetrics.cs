using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionFunctions.Client.Diagnostics;

/// <summary>Metrics and activities of the requests to the API. Names and tag values are contract.</summary>
internal sealed class ClientMetrics
{
    public const string Name = "SessionFunctions.Client";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter SharedMeter = new(Name);

    private readonly Histogram<double> _duration;
    private readonly TimeProvider _timeProvider;

    public ClientMetrics(IMeterFactory? meters, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _duration = (meters?.Create(Name) ?? SharedMeter).CreateHistogram<double>(
            "sessions.client.request.duration", "s", "Time until the answer of the session API, retries included.");
    }

    /// <summary>Begins to measure a request.</summary>
    public Measurement Begin(string operation) => new(this, operation);

    /// <summary>One request, measured until it is disposed of.</summary>
    internal sealed class Measurement : IDisposable
    {
        private readonly ClientMetrics _metrics;
        private readonly string _operation;
        private readonly long _start;
        private readonly Activity? _activity;
        private string _outcome = "error";

        public Measurement(ClientMetrics metrics, string operation)
        {
            _metrics = metrics;
            _operation = operation;
            _start = metrics._timeProvider.GetTimestamp();
            _activity = Source.StartActivity(operation, ActivityKind.Client);
        }

        /// <summary>The API answered.</summary>
        /// <param name="isSuccess">Whether with a success; else with a problem that is an answer.</param>
        public void Answered(bool isSuccess) => _outcome = isSuccess ? "ok" : "declined";

        public void Canceled() => _outcome = "canceled";

        public void Failed(SessionsException exception)
        {
            _outcome = exception is SessionsUnavailableException ? "unavailable" : OutcomeOf(exception.Status);
            _activity?.SetStatus(ActivityStatusCode.Error, exception.ProblemType);
        }

        public void Dispose()
        {
            var operation = new KeyValuePair<string, object?>("operation", _operation);
            var outcome = new KeyValuePair<string, object?>("outcome", _outcome);
            _metrics._duration.Record(_metrics._timeProvider.GetElapsedTime(_start).TotalSeconds, operation, outcome);
            _activity?.SetTag(outcome.Key, outcome.Value);
            _activity?.Dispose();
        }

        private static string OutcomeOf(int? status) => status switch
        {
            401 or 403 => "unauthorized",
            429 => "limited",
            _ => "refused",
        };
    }
}
