using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// Holds the tickets of cookie authentication in sessions of the API, under keys that only a hash of leaves this process. A ticket that was
/// removed is not revived by a request that renews it late. Every method throws <see cref="SessionsException"/> when the API does not do
/// what it is asked for: nobody is signed in or out by a failure.
/// </summary>
public sealed partial class SessionsTicketStore : ITicketStore
{
    private const string KeyPrefix = "aspnet-ticket:";
    private const int KeyBytes = 32;
    private const string SignedOut = "signed-out";
    private const string Replaced = "replaced";
    private const string HasOtherUser = "session-has-user";

    // The framework keeps its key when another user signs in over a session, and a session never changes its user. So the key names one
    // session after another, up to this number.
    private const int MaxUsersOfKey = 3;

    private readonly KeyedSessionsClient _client;
    private readonly SessionsTicketStoreOptions _options;
    private readonly SessionLifetimes _lifetimes;
    private readonly ILogger _logger;

    /// <summary>Initializes a new instance of the <see cref="SessionsTicketStore"/> class.</summary>
    public SessionsTicketStore(SessionsClient client, IOptions<SessionsTicketStoreOptions> options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        _client = client.Keyed;
        _options = options.Value;
        _lifetimes = new SessionLifetimes(loggers.CreateLogger<SessionLifetimes>());
        _logger = loggers.CreateLogger<SessionsTicketStore>();
    }

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreTicketAsync(ticket, context: null, cancellationToken);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        StoreTicketAsync(ticket, httpContext, cancellationToken);

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken) =>
        RenewTicketAsync(key, ticket, context: null, cancellationToken);

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        RenewTicketAsync(key, ticket, httpContext, cancellationToken);

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken) =>
        RetrieveTicketAsync(key, context: null, cancellationToken);

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RetrieveTicketAsync(key, httpContext, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public Task RemoveAsync(string key, CancellationToken cancellationToken) => RemoveTicketAsync(key, context: null, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RemoveTicketAsync(key, httpContext, cancellationToken);

    private static SessionKey KeyOf(string key, int turn) => SessionKey.Of(turn == 0 ? KeyPrefix + key : $"{KeyPrefix}{key}#{turn}");

    private async Task<string> StoreTicketAsync(AuthenticationTicket ticket, HttpContext? context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(KeyBytes));
        await SaveAsync(key, turn: 0, ticket, context, cancellationToken).ConfigureAwait(false);
        return key;
    }

    private async Task RenewTicketAsync(string key, AuthenticationTicket ticket, HttpContext? context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(ticket);
        var seen = Seen.Of(context, key);
        var user = _options.UserId(ticket.Principal);
        var turn = seen?.Turn ?? 0;
        if (seen?.UserId is { } before && before != user)
        {
            turn = turn + 1 < MaxUsersOfKey ? turn + 1 : throw OtherUser(inner: null);
            await _client.EndAsync(KeyOf(key, seen.Turn), Replaced, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var saved = await SaveAsync(key, turn, ticket, context, cancellationToken).ConfigureAwait(false);
            if (saved.Outcome is KeyedSaveOutcome.Ended)
            {
                LogNotRevived(_logger, saved.EndReason);
            }
        }
        catch (SessionsException e) when (e.ProblemType == HasOtherUser)
        {
            throw OtherUser(e);
        }
    }

    private async Task<AuthenticationTicket?> RetrieveTicketAsync(string key, HttpContext? context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (var turn = 0; turn < MaxUsersOfKey; turn++)
        {
            var session = await _client.GetAsync(KeyOf(key, turn), consistency: null, cancellationToken).ConfigureAwait(false);
            if (session is null)
            {
                continue;
            }

            await TouchAsync(session, KeyOf(key, turn), context, cancellationToken).ConfigureAwait(false);
            Seen.Note(context, key, new Seen(turn, session.UserId));
            return SessionTicket.FromData(session);
        }

        return _options.Fallback is { } fallback ? await MoveAsync(fallback, key, context, cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task RemoveTicketAsync(string key, HttpContext? context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var seen = Seen.Of(context, key);
        for (var turn = seen?.Turn ?? 0; turn <= (seen?.Turn ?? MaxUsersOfKey - 1); turn++)
        {
            await _client.EndAsync(KeyOf(key, turn), SignedOut, cancellationToken).ConfigureAwait(false);
        }

        if (_options.Fallback is { } fallback)
        {
            await fallback.RemoveAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    // Cookie authentication renews a ticket at half of its own life only, and reading is no activity for the API.
    private async Task TouchAsync(Session session, SessionKey key, HttpContext? context, CancellationToken cancellationToken)
    {
        if (session.IdleExpiresIn >= session.IdleTimeout / 2)
        {
            return;
        }

        try
        {
            await _client.TouchAsync(key, context is null ? null : SessionRequest.Address(context), cancellationToken).ConfigureAwait(false);
        }
        catch (SessionsException e)
        {
            // The session is live; the next request touches it.
            LogNotTouched(_logger, e);
        }
    }

    private async Task<AuthenticationTicket?> MoveAsync(ITicketStore fallback, string key, HttpContext? context, CancellationToken cancellationToken)
    {
        if (await fallback.RetrieveAsync(key, cancellationToken).ConfigureAwait(false) is not { } ticket)
        {
            return null;
        }

        var saved = await SaveAsync(key, turn: 0, ticket, context, cancellationToken).ConfigureAwait(false);
        if (saved.Outcome is KeyedSaveOutcome.Ended)
        {
            // Moved by another request, and signed out since.
            return null;
        }

        await fallback.RemoveAsync(key, cancellationToken).ConfigureAwait(false);
        Seen.Note(context, key, new Seen(Turn: 0, saved.Session?.UserId));
        return ticket;
    }

    private Task<KeyedSave> SaveAsync(string key, int turn, AuthenticationTicket ticket, HttpContext? context, CancellationToken cancellationToken)
    {
        // Of the ticket's own clock, which need not be that of the API.
        WantedLifetime? lifetime = ticket.Properties is { ExpiresUtc: { } end, IssuedUtc: { } start }
            ? new(SessionLifetimes.WholeSeconds(end - start), IsIdle: false, IsPersistent: false, Level: null)
            : null;
        var session = new KeyedSession
        {
            Data = SessionTicket.ToData(ticket),
            UserId = _options.UserId(ticket.Principal),
            Device = context is null ? null : SessionRequest.Device(context, label: null),
        };
        return _lifetimes.SendAsync(
            lifetime, time => _client.SaveAsync(KeyOf(key, turn), session with { AbsoluteLifetime = time }, condition: null, cancellationToken));
    }

    private static InvalidOperationException OtherUser(Exception? inner) =>
        new("The session of this cookie belongs to another user. Call SignOutAsync before another user signs in with the same browser.", inner);

    [LoggerMessage(9330, LogLevel.Debug, "A ticket was not renewed, because its session has ended: {Reason}.")]
    private static partial void LogNotRevived(ILogger logger, string? reason);

    [LoggerMessage(9331, LogLevel.Debug, "The session of a ticket was read and not renewed.")]
    private static partial void LogNotTouched(ILogger logger, Exception exception);

    // What this request has read, which tells a late renewal from the sign-in of another user.
    private sealed record Seen(int Turn, string? UserId)
    {
        public static Seen? Of(HttpContext? context, string key) =>
            context?.Items.TryGetValue(NameOf(key), out var value) is true ? value as Seen : null;

        public static void Note(HttpContext? context, string key, Seen seen)
        {
            if (context is not null)
            {
                context.Items[NameOf(key)] = seen;
            }
        }

        private static (Type Of, string Key) NameOf(string key) => (typeof(Seen), key);
    }
}
