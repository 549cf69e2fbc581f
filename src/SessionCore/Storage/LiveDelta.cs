namespace SessionCore.Storage;

/// <summary>Sessions that this process has begun, less those that it has ended or purged, since the number was taken last.</summary>
internal sealed class LiveDelta
{
    private long _delta;

    /// <summary>Adds to the number.</summary>
    public void Add(long change) => Interlocked.Add(ref _delta, change);

    /// <summary>Returns the number and begins anew.</summary>
    public long Take() => Interlocked.Exchange(ref _delta, 0);
}
