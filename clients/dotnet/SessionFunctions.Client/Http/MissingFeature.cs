namespace SessionFunctions.Client.Http;

/// <summary>What an older API does not know. It is not tried again for a while; the API may be replaced meanwhile.</summary>
internal sealed class MissingFeature(TimeProvider timeProvider)
{
    /// <summary>For how long it is not tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private long _missedAt = long.MinValue;

    /// <summary>Whether the API is known to lack it.</summary>
    public bool IsMissing => Volatile.Read(ref _missedAt) is var at && at != long.MinValue && timeProvider.GetElapsedTime(at) < Pause;

    /// <summary>Notes that the API lacks it.</summary>
    public void Note() => Volatile.Write(ref _missedAt, timeProvider.GetTimestamp());
}
