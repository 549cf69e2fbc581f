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
    // A lifetime comes from the configuration, or from a sign-in in whole seconds: few values, whatever users do.
    private const int MaxRemembered = 256;

    private readonly ConcurrentDictionary<TimeSpan, bool> _refused = new();

    /// <summary>Sends a request, once more without its lifetime when that exceeds the policy.</summary>
    /// <param name="lifetime">The lifetime; null to leave it to the policy.</param>
    /// <param name="sendAsync">Sends the request with a lifetime or without.</param>
    public async Task<T> SendAsync<T>(TimeSpan? lifetime, Func<TimeSpan?, Task<T>> sendAsync)
    {
        if (lifetime is not { } wanted || _refused.ContainsKey(wanted))
        {
            return await sendAsync(null).ConfigureAwait(false);
        }

        try
        {
            return await sendAsync(wanted).ConfigureAwait(false);
        }
        catch (SessionsException e) when (e.Status == 400)
        {
            // If something else is wrong, the same answer comes again and is thrown.
            var answer = await sendAsync(null).ConfigureAwait(false);
            if (_refused.Count < MaxRemembered && _refused.TryAdd(wanted, value: true))
            {
                LogExceeds(logger, wanted);
            }

            return answer;
        }
    }

    /// <summary>Returns a time in whole seconds, at least one.</summary>
    public static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(time.TotalSeconds)));

    [LoggerMessage(9300, LogLevel.Warning, "A lifetime of {Lifetime} exceeds the policy of the session API, which holds instead. Shorten ExpireTimeSpan, or set Sessions:Clients:NAME of the API.")]
    private static partial void LogExceeds(ILogger logger, TimeSpan lifetime);
}
