namespace SessionCore.Storage;

/// <summary>Sessions that this process has begun, and those that it has ended or purged, since the numbers were taken last.</summary>
internal sealed class LiveDelta
{
    private long _begun;
    private long _ended;

    /// <summary>Adds a change of the number of live sessions.</summary>
    public void Add(long change)
    {
        if (change > 0)
        {
            Interlocked.Add(ref _begun, change);
        }
        else if (change < 0)
        {
            Interlocked.Add(ref _ended, -change);
        }
    }

    /// <summary>Gives back numbers that were taken and could not be added.</summary>
    public void Add(LiveChange change)
    {
        Interlocked.Add(ref _begun, change.Begun);
        Interlocked.Add(ref _ended, change.Ended);
    }

    /// <summary>Returns the numbers and begins anew.</summary>
    public LiveChange Take() => new(Interlocked.Exchange(ref _begun, 0), Interlocked.Exchange(ref _ended, 0));
}

/// <summary>Sessions begun and ended.</summary>
/// <param name="Begun">The number that have begun.</param>
/// <param name="Ended">The number that have ended.</param>
internal readonly record struct LiveChange(long Begun, long Ended)
{
    /// <summary>Gets the change of the number of live sessions.</summary>
    public long Net => Begun - Ended;
}
