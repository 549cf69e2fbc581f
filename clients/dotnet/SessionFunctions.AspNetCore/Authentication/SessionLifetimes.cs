using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// Asks for the lifetime that an application wants, and takes that of the policy when it is shorter: the API refuses to exceed its policy,
/// and does not tell it beforehand.
/// </summary>
internal sealed partial class SessionLifetimes(ILogger<SessionLifetimes> logger)
{
    // Ten years: longer than any policy allows.
    private const long LongestSeconds = 315_360_000;

    // By what the policy judges, without a time.
    private readonly ConcurrentDictionary<WantedLifetime, TimeSpan> _longest = new();

    /// <summary>Sends a request, once more without its lifetime when that exceeds the policy.</summary>
    /// <param name="lifetime">The lifetime; null to leave it to the policy.</param>
    /// <param name="sendAsync">Sends the request with a lifetime or without.</param>
    public async Task<T> SendAsync<T>(WantedLifetime? lifetime, Func<TimeSpan?, Task<T>> sendAsync)
    {
        if (lifetime is not { } wanted)
        {
            return await sendAsync(null).ConfigureAwait(false);
        }

        var kind = wanted with { Time = TimeSpan.Zero };
        if (_longest.TryGetValue(kind, out var known) && wanted.Time > known)
        {
            return await sendAsync(null).ConfigureAwait(false);
        }

        try
        {
            return await sendAsync(wanted.Time).ConfigureAwait(false);
        }
        catch (SessionsException e) when (wanted.LongestIn(e) is { } longest)
        {
            _longest[kind] = longest;
            LogExceeds(logger, wanted.Time, longest);
            return await sendAsync(null).ConfigureAwait(false);
        }
    }

    /// <summary>Returns a time in whole seconds, at least one and at most what the API reads.</summary>
    public static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(time.TotalSeconds), 1, LongestSeconds));

    [LoggerMessage(9300, LogLevel.Warning, "A lifetime of {Lifetime} exceeds the policy of the session API; the policy's, {Longest}, holds instead. Shorten ExpireTimeSpan, or set Sessions:Clients:NAME of the API.")]
    private static partial void LogExceeds(ILogger logger, TimeSpan lifetime, TimeSpan longest);
}

/// <summary>A lifetime that an application wants for a session, and what else the policy judges it by.</summary>
/// <param name="Time">The lifetime, in whole seconds.</param>
/// <param name="IsIdle">Whether activity renews it.</param>
/// <param name="IsPersistent">Whether the session outlives the browser.</param>
/// <param name="Level">The assurance level of the sign-in; null for that of the API.</param>
internal readonly record struct WantedLifetime(TimeSpan Time, bool IsIdle, bool IsPersistent, AssuranceLevel? Level)
{
    /// <summary>Returns the longest that is allowed, when that is why a request was refused; else null.</summary>
    public TimeSpan? LongestIn(SessionsException refusal)
    {
        var pointer = IsIdle ? "#/idleTimeoutSeconds" : "#/absoluteLifetimeSeconds";
        var longest = refusal.Errors.FirstOrDefault(error => error.Location == pointer)?.Maximum is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return longest < Time ? longest : null;
    }
}
