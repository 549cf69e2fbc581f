using SessionCore.Operations;

namespace SessionApi.Diagnostics;

/// <summary>Readiness of the store, checked at most once a second however many callers ask: the endpoint is anonymous.</summary>
internal sealed class StoreReadiness(SessionService sessions, TimeProvider timeProvider)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<bool>? _last;
    private long _askedAt;

    /// <summary>Returns whether the store answers now, or answered less than a second ago.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last is null || timeProvider.GetElapsedTime(_askedAt) >= Age)
            {
                _askedAt = timeProvider.GetTimestamp();

                // All callers of this second share the check, so none of them may cancel it. The table has a deadline of its own.
                _last = sessions.IsReadyAsync(CancellationToken.None);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }
}
