using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The sessions of the user of a request, for a page of devices.</summary>
public class UserSessions
{
    private const string EndedByUser = "ended-by-user";
    private const string SignedOutEverywhere = "signed-out-everywhere";

    private readonly SessionsClient _client;

    /// <summary>Initializes a new instance of the <see cref="UserSessions"/> class.</summary>
    public UserSessions(SessionsClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary>Returns the live sessions of the user, newest first.</summary>
    /// <exception cref="InvalidOperationException">The user is not signed in.</exception>
    public virtual async Task<IReadOnlyList<UserSession>> ListAsync(HttpContext context)
    {
        var current = await CurrentAsync(context).ConfigureAwait(false);
        if (current.UserId is not { } user)
        {
            return [new UserSession(current, IsCurrent: true)];
        }

        var all = new List<UserSession>();
        await foreach (var session in _client.ListAsync(user, cancellationToken: context.RequestAborted).ConfigureAwait(false))
        {
            all.Add(new UserSession(session, session.Sid == current.Sid));
        }

        return all;
    }

    /// <summary>Ends one session of the user, such as a lost device.</summary>
    /// <param name="context">The request.</param>
    /// <param name="sid">The session. That of the request itself is signed out like by <c>SignOutAsync</c>.</param>
    /// <returns>False when the user has no live session of that id. One of another user is not touched.</returns>
    public virtual async Task<bool> EndAsync(HttpContext context, string sid)
    {
        ArgumentNullException.ThrowIfNull(sid);
        var current = await CurrentAsync(context).ConfigureAwait(false);
        if (sid == current.Sid)
        {
            await context.SignOutAsync().ConfigureAwait(false);
            return true;
        }

        var session = await _client.GetAsync(sid, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        if (session is not { IsLive: true, UserId: { } user } || user != current.UserId)
        {
            return false;
        }

        await _client.RevokeAsync(sid, EndedByUser, context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends all sessions of the user but that of the request.</summary>
    /// <returns>How many ended.</returns>
    public virtual async Task<long> EndOthersAsync(HttpContext context)
    {
        var current = await CurrentAsync(context).ConfigureAwait(false);
        return current.UserId is { } user
            ? (await _client.RevokeAllAsync(user, current.Sid, SignedOutEverywhere, context.RequestAborted).ConfigureAwait(false)).Ended
            : 0;
    }

    /// <summary>Ends all sessions of the user, that of the request included.</summary>
    /// <returns>How many ended.</returns>
    public virtual async Task<long> SignOutEverywhereAsync(HttpContext context)
    {
        var others = await EndOthersAsync(context).ConfigureAwait(false);
        await context.SignOutAsync().ConfigureAwait(false);
        return others + 1;
    }

    private static async Task<Session> CurrentAsync(HttpContext context) =>
        await context.GetSessionAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("The user is not signed in. Require authorization on this endpoint.");
}

/// <summary>A session of the user.</summary>
/// <param name="Session">The session, without claims and data.</param>
/// <param name="IsCurrent">Whether it is that of the request.</param>
public sealed record UserSession(Session Session, bool IsCurrent)
{
    /// <summary>Gets a name of the device to show; never empty.</summary>
    public string DeviceName => Session.Device?.Name is { Length: > 0 } name ? name : "Unknown device";
}
