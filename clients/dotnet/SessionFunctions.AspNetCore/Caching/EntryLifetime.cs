using Microsoft.Extensions.Caching.Distributed;

namespace SessionFunctions.AspNetCore.Caching;

/// <summary>How long an entry lives: without access, and in any case. Whole seconds.</summary>
internal readonly record struct EntryLifetime(TimeSpan Idle, TimeSpan Absolute)
{
    /// <summary>The shortest life that the API knows. What is to live shorter is not kept.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private const double SlackShare = 0.1;
    private static readonly TimeSpan LeastSlack = TimeSpan.FromMinutes(1);

    /// <summary>Checks the expirations of an entry, as the other distributed caches do.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The absolute expiration is in the past.</exception>
    public static void Check(DistributedCacheEntryOptions options, DateTimeOffset now)
    {
        if (options.AbsoluteExpiration is { } at && at <= now)
        {
#pragma warning disable CA2208, MA0015, S3928 // The name that the other distributed caches give.
            throw new ArgumentOutOfRangeException(
                nameof(DistributedCacheEntryOptions.AbsoluteExpiration), at, "The absolute expiration value must be in the future.");
#pragma warning restore CA2208, MA0015, S3928
        }
    }

    /// <summary>The life of an entry, within the limits of the API's policy.</summary>
    /// <returns>Null when it is too short to be kept.</returns>
    public static EntryLifetime? Of(DistributedCacheEntryOptions options, TimeSpan defaultSliding, DateTimeOffset now, EntryLifetime limits)
    {
        var absolute = options.AbsoluteExpirationRelativeToNow ?? options.AbsoluteExpiration - now;
        var sliding = options.SlidingExpiration ?? (absolute is null ? defaultSliding : null);
        if (absolute < Shortest || sliding < Shortest)
        {
            return null;
        }

        return new EntryLifetime(
            Least(sliding is { } window ? TimeoutFor(window) : limits.Idle, limits.Idle),
            Least(absolute ?? limits.Absolute, limits.Absolute));
    }

    /// <summary>The idle timeout under which an entry lives for a sliding window after each access, at least.</summary>
    /// <remarks>
    /// The API writes activity at most once per slack: a tenth of the idle timeout, at least a minute, at most half of the timeout. Without more time
    /// than the window, an entry would go although it was accessed within the window.
    /// </remarks>
    internal static TimeSpan TimeoutFor(TimeSpan window)
    {
        var slack = window / (1 - SlackShare) * SlackShare;
        var timeout = window + Least(window, slack < LeastSlack ? LeastSlack : slack);
        return TimeSpan.FromSeconds(Math.Ceiling(timeout.TotalSeconds));
    }

    private static TimeSpan Least(TimeSpan wanted, TimeSpan limit) => wanted < limit ? wanted : limit;
}
