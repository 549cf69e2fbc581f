using System.Diagnostics;

namespace SessionCore.Tables;

/// <summary>One call while it is measured: a span, and at its end a point in the histogram.</summary>
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

    /// <summary>Ends a call that threw. Always false: used as a filter, it looks at the exception and lets it pass.</summary>
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
