using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SessionCore.Caching;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>How long a request waits for news: what <c>Prefer: wait</c> asks for (RFC 7240 section 4.3), within what the host allows.</summary>
internal sealed class RequestWait
{
    /// <summary>The longest that any host can allow, in seconds.</summary>
    public const int MaxSeconds = 55;

    /// <summary>How soon a client may ask again that was answered without a wait, in seconds.</summary>
    private const int RetryAfterSeconds = 5;

    private const string Preference = "wait";
    private const int MaxDigits = 9;

    private readonly IOptions<WaitOptions> _options;

    public RequestWait(IOptions<WaitOptions> options, SessionChanges changes, IEnumerable<IHostApplicationLifetime> hosts)
    {
        _options = options;
        Stopping = hosts.FirstOrDefault()?.ApplicationStopping ?? CancellationToken.None;
        Stopping.Register(changes.Stop);
    }

    /// <summary>Gets the time by which a deadline grows for an operation that waits.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(MaxSeconds);

    /// <summary>Gets a token that is cancelled when the host stops.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Reads how long to wait, and says so in the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wait">The time; zero to answer at once.</param>
    /// <returns>The problem of a malformed preference; other preferences are ignored.</returns>
    public Problem? Read(HttpContext context, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        foreach (var preference in context.Request.Headers.GetCommaSeparatedValues(SessionHeaders.Prefer))
        {
            var (name, value) = Split(preference);
            if (!name.Equals(Preference, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (value is null || value.Length > MaxDigits || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return SessionProblems.Header(SessionHeaders.Prefer, "Malformed preference 'wait'. Allowed: wait=N, in whole seconds.");
            }

            // The first of equal preferences counts.
            var asked = TimeSpan.FromSeconds(seconds);
            wait = asked < _options.Value.Longest ? asked : _options.Value.Longest;
            context.Response.Headers[SessionHeaders.PreferenceApplied] = string.Create(CultureInfo.InvariantCulture, $"{Preference}={(int)wait.TotalSeconds}");
            if (wait < asked && wait == TimeSpan.Zero)
            {
                TellRetry(context);
            }

            return null;
        }

        return null;
    }

    /// <summary>Tells a client that may not wait when to ask again.</summary>
    private static void TellRetry(HttpContext context) =>
        context.Response.Headers.RetryAfter = HeaderUtilities.FormatNonNegativeInt64(RetryAfterSeconds);

    private static (string Name, string? Value) Split(string preference)
    {
        // Parameters of a preference follow a semicolon; wait has none.
        var end = preference.IndexOf(';', StringComparison.Ordinal);
        var text = (end < 0 ? preference : preference[..end]).Trim();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals].TrimEnd(), text[(equals + 1)..].Trim().Trim('"'));
    }
}
