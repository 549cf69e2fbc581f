using System.Globalization;
using System.Text.Json;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>News of sessions: the event log, and changes of one session.</summary>
/// <remarks>Errors are those of <see cref="SessionsClient"/>.</remarks>
public class SessionEventsClient
{
    /// <summary>The longest time that the API waits by default.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    private readonly SessionsTransport? _transport;

    internal SessionEventsClient(SessionsTransport transport) => _transport = transport;

    /// <summary>Initializes a new instance of the <see cref="SessionEventsClient"/> class for mocking.</summary>
    protected SessionEventsClient()
    {
    }

    private SessionsTransport Transport => _transport ?? throw new InvalidOperationException("The method is not set up.");

    /// <summary>Reads the events after a cursor, and waits for one when there is none.</summary>
    /// <param name="cursor">The cursor of the last page; null for the oldest event that is kept.</param>
    /// <param name="limit">The maximum number of events; 1 to 500.</param>
    /// <param name="wait">How long the API may wait for an event; null for 25 seconds. A function app does not wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="SessionsException">
    /// With the problem <c>cursor-expired</c> (410) events are lost to this reader, which begins again without a cursor.
    /// </exception>
    public virtual async Task<SessionEventPage> ReadAsync(string? cursor = null, int limit = 100, TimeSpan? wait = null, CancellationToken cancellationToken = default)
    {
        var path = "v1/events" + ApiPath.Query(("after", cursor), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
        var request = new ApiRequest("ReadEvents", HttpMethod.Get, path) { IsRepeatable = true, WaitSeconds = SecondsOf(wait) };
        var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.Read(WireJson.Wire.SessionEventPage);
    }

    /// <summary>
    /// Waits until the session of a token has other content than a version, another token, has ended, or is about to expire. Waiting is no
    /// activity.
    /// </summary>
    /// <param name="token">The token as the user's request presented it.</param>
    /// <param name="since">The version that is known; null reads the session at once.</param>
    /// <param name="wait">How long the API may wait; null for 25 seconds. A function app does not wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when nothing has changed.</returns>
    public virtual async Task<SessionChange?> AwaitChangeAsync(string token, long? since = null, TimeSpan? wait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return new SessionChange();
        }

        var path = "v1/session/changes" + ApiPath.Query(("since", since?.ToString(CultureInfo.InvariantCulture)));
        var request = new ApiRequest("AwaitOwnChanges", HttpMethod.Get, path)
        {
            IsRepeatable = true,
            OwnToken = token,
            WaitSeconds = SecondsOf(wait),
            Expected = [ProblemTypes.Unauthenticated],
        };
        var answer = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is { } problem)
        {
            return new SessionChange { End = problem.Reason is { } reason ? new SessionEnd(reason, problem.EndedAt) : null };
        }

        return answer.HasBody ? new SessionChange { Session = answer.ReadSession() } : null;
    }

    private static int SecondsOf(TimeSpan? wait) => (int)Math.Max(0, (wait ?? LongestWait).TotalSeconds);
}

/// <summary>Page of the event log.</summary>
public sealed class SessionEventPage
{
    /// <summary>Gets the cursor of the next page. Keep it after the events are dealt with.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Gets a value indicating whether there are more events now.</summary>
    public bool More { get; init; }

    /// <summary>Gets the time before which every acknowledged change is in this page or an earlier one; null while there are more.</summary>
    public DateTimeOffset? CompleteAsOf { get; init; }

    /// <summary>Gets the events in the JSON format of CloudEvents 1.0. One may come again, with the same <c>id</c>.</summary>
    public IReadOnlyList<JsonElement> Events { get; init; } = [];
}

/// <summary>Change of a session that was waited for.</summary>
public sealed class SessionChange
{
    /// <summary>Gets the session; null when it has ended.</summary>
    public Session? Session { get; init; }

    /// <summary>Gets why it ended; null when it is live, or the API does not tell.</summary>
    public SessionEnd? End { get; init; }
}
