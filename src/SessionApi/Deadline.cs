namespace SessionApi;

/// <summary>Cancels when its time is up, or when the client leaves.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public Deadline(TimeSpan time, TimeProvider clock, CancellationToken aborted)
    {
        _source = new CancellationTokenSource(time, clock);
        _registration = aborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    // In this order: disposing the registration waits for a callback that is running.
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
