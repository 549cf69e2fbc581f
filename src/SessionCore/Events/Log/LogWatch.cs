namespace SessionCore.Events.Log;

/// <summary>Passes for readers. All that wait at a time share one, so the cost does not follow their number; without readers there is none.</summary>
internal sealed class LogWatch(LogPass pass, TimeProvider timeProvider) : IDisposable
{
    /// <summary>The time between the passes for readers that wait.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A pass that takes longer fails; the store has its own, shorter limits for each call.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task<LogKnowledge>? _next;
    private bool _isPaced;
    private Task<LogKnowledge>? _paced;

    /// <summary>Returns the knowledge of a pass that begins after this call.</summary>
    public Task<LogKnowledge> FreshAsync()
    {
        lock (_lock)
        {
            _isPaced = false;
            return _next ??= RunAsync();
        }
    }

    /// <summary>Returns the knowledge of the next pass for readers that wait.</summary>
    public Task<LogKnowledge> NextAsync()
    {
        lock (_lock)
        {
            if (_paced is not { IsCompleted: false })
            {
                _paced = PacedAsync();
            }

            return _paced;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<LogKnowledge> PacedAsync()
    {
        await Task.Delay(Interval, timeProvider);
        Task<LogKnowledge> next;
        lock (_lock)
        {
            // One that is to begin for a reader that does not wait, looks at everything.
            _isPaced = _next is null || _isPaced;
            next = _next ??= RunAsync();
        }

        return await next;
    }

    private async Task<LogKnowledge> RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _turn.WaitAsync();
        try
        {
            bool isPaced;
            lock (_lock)
            {
                // It begins now, so later callers need another.
                isPaced = _isPaced;
                _next = null;
            }

            using var deadline = new CancellationTokenSource(Limit, timeProvider);
            return await pass.RunAsync(isPaced, deadline.Token);
        }
        finally
        {
            _turn.Release();
        }
    }
}
