using System.Diagnostics;

namespace SessionCore.Tables;

/// <summary>Measurement of a call: a span, and a point in the histogram at its end.</summary>
internal readonly struct TableMeasurement(TableMetrics metrics, TimeProvider timeProvider, string operation)
{
    private static readonly ActivitySource Source = new(TableMetrics.MeterName);

    private readonly long _started = timeProvider.GetTimestamp();
    private readonly Activity? _span = Source.HasListeners() ? Source.StartActivity("table " + operation, ActivityKind.Client) : null;

    public void End(string outcome, int rowsRead = 0)
    {
        metrics.Called(operation, outcome, timeProvider.GetElapsedTime(_started), rowsRead);
        _span?.SetTag("outcome", outcome);
        _span?.Dispose();
    }

    /// <summary>Ends the measurement of a failed call. Returns false, so that as an exception filter it does not catch.</summary>
    public bool Failed(Exception e)
    {
        _span?.SetStatus(ActivityStatusCode.Error);
        End(e switch
        {
            StoreUnavailableException => "unavailable",
            OperationCanceledException => "cancelled",
            _ => "failed",
        });
        return false;
    }
}
