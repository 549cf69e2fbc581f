using SessionCore.Operations;

namespace SessionApi.Diagnostics;

/// <summary>Whether the store answers, asked of it at most once a second however many ask here: anybody may.</summary>
internal sealed class StoreReadiness(SessionService sessions, TimeProvider timeProvider)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<bool>? _last;
    private long _askedAt;

    /// <summary>Returns whether it answers now or did so less than a second ago.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last is null || timeProvider.GetElapsedTime(_askedAt) >= Age)
            {
                _askedAt = timeProvider.GetTimestamp();

                // All who ask in this second share the question, so that none of them may cancel it. The table has a deadline of its own.
                _last = sessions.IsReadyAsync(CancellationToken.None);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }
}
