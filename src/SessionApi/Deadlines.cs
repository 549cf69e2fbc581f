namespace SessionApi;

/// <summary>Gives the requests of one operation a token that is cancelled when their time is up.</summary>
/// <remarks>
/// Requests that begin within the same moment share a token, so that a request costs neither a timer nor an allocation. It counts
/// from the first of them: a request has its time less <see cref="MomentOf"/>, at least, and never more than its time. A client that
/// leaves does not cancel anything: what is under way is short, and a write is better brought to its end.
/// </remarks>
internal sealed class Deadlines(TimeSpan time, TimeProvider timeProvider)
{
    private readonly TimeSpan _moment = MomentOf(time);
    private Moment? _current;

    /// <summary>The token for a request that begins now.</summary>
    public CancellationToken Begin()
    {
        var current = Volatile.Read(ref _current);
        return current is not null && timeProvider.GetElapsedTime(current.Started) < _moment ? current.Token : BeginMoment();
    }

    /// <summary>How much of the time may be missing: a sixteenth, and never more than a quarter of a second.</summary>
    public static TimeSpan MomentOf(TimeSpan time)
    {
        var sixteenth = time / 16;
        var most = TimeSpan.FromMilliseconds(250);
        return sixteenth < most ? sixteenth : most;
    }

    // Two that begin a moment at once each get a good token; one of them is shared.
    private CancellationToken BeginMoment()
    {
        var started = timeProvider.GetTimestamp();
#pragma warning disable CA2000 // its timer ends it; who still holds the token may ask it afterwards
        var moment = new Moment(started, new CancellationTokenSource(time, timeProvider).Token);
#pragma warning restore CA2000
        Volatile.Write(ref _current, moment);
        return moment.Token;
    }

    private sealed record Moment(long Started, CancellationToken Token);
}
