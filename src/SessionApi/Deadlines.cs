namespace SessionApi;

/// <summary>Cancellation tokens for the deadline of one operation.</summary>
/// <remarks>
/// Requests that begin within one window share a token, so a request costs neither a timer nor an allocation. The token counts from the
/// first of them: a request has at least its time less <see cref="WindowOf"/>, and never more. A disconnecting client cancels nothing:
/// the work left is short, and a write is better completed.
/// </remarks>
internal sealed class Deadlines(TimeSpan time, TimeProvider timeProvider)
{
    private readonly TimeSpan _window = WindowOf(time);
    private Window? _current;

    /// <summary>Returns the token for a request that begins now.</summary>
    public CancellationToken Begin()
    {
        var current = Volatile.Read(ref _current);
        return current is not null && timeProvider.GetElapsedTime(current.Started) < _window ? current.Token : BeginWindow();
    }

    /// <summary>Returns how long requests share a token: a sixteenth of their time, at most 250 ms.</summary>
    public static TimeSpan WindowOf(TimeSpan time)
    {
        var sixteenth = time / 16;
        var most = TimeSpan.FromMilliseconds(250);
        return sixteenth < most ? sixteenth : most;
    }

    // Two requests that open a window at once each get a valid token; one of the two is shared.
    private CancellationToken BeginWindow()
    {
        var started = timeProvider.GetTimestamp();
#pragma warning disable CA2000 // its timer ends it; holders may still read the token afterwards
        var window = new Window(started, new CancellationTokenSource(time, timeProvider).Token);
#pragma warning restore CA2000
        Volatile.Write(ref _current, window);
        return window.Token;
    }

    private sealed record Window(long Started, CancellationToken Token);
}
