using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>Authenticates by the passport in <c>Authorization: Bearer</c>. What cannot be known is answered 503, never 401.</summary>
internal sealed partial class SessionPassportHandler(
    IOptionsMonitor<SessionPassportOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    PassportVerifier verifier,
    IAuthenticationSchemeProvider schemes)
    : AuthenticationHandler<SessionPassportOptions>(options, logger, encoder), IAuthenticationRequestHandler
{
    private const string BearerPrefix = "Bearer ";
    private const string InvalidToken = "Bearer error=\"invalid_token\"";
    private static readonly Dictionary<string, string> NoSharedClaims = [];

    private SessionsException? _failure;

    /// <inheritdoc/>
    public async Task<bool> HandleRequestAsync()
    {
        // Of another scheme than the default one nothing is verified until it is needed.
        if ((await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name != Scheme.Name)
        {
            return false;
        }

        await AuthenticateAsync().ConfigureAwait(false);
        if (_failure is null)
        {
            return false;
        }

        await UnavailableAnswer.WriteAsync(Context, _failure, Options.OnUnavailable).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (header?.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return AuthenticateResult.NoResult();
        }

        var result = await verifier.VerifyAsync(header[BearerPrefix.Length..].Trim(), Options, Context.RequestAborted).ConfigureAwait(false);
        if (result.Failure is not null)
        {
            _failure = result.Failure;
            LogCannotTell(Logger, result.Failure);
            return AuthenticateResult.Fail(result.Failure);
        }

        if (result.Passport is not { } passport)
        {
            LogRefused(Logger, result.Refusal ?? PassportRefusal.Malformed);
            return AuthenticateResult.Fail($"The passport is refused: {result.Refusal}.");
        }

        Context.Features.Set(new SessionFeature { Session = SessionOf(passport) });
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(passport)), Scheme.Name));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        if (_failure is not null)
        {
            await UnavailableAnswer.WriteAsync(Context, _failure, Options.OnUnavailable).ConfigureAwait(false);
            return;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = result.Failure is null ? "Bearer" : InvalidToken;
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        // RFC 9470: the caller signs the user in again, and comes with a new passport.
        if (Context.Features.Get<SessionFeature>()?.Insufficient is { } lacking)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = SignInChallenge.Of(lacking).Header;
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private ClaimsIdentity IdentityOf(Passport passport)
    {
        var identity = SessionClaims.IdentityOf(passport.UserId, passport.Claims, NoSharedClaims, Scheme.Name);
        identity.AddClaim(new Claim("sid", passport.Sid));
        return identity;
    }

    // As AddSessions gives it, so that GetSessionAsync and RequireSignIn work with both.
    private Session SessionOf(Passport passport)
    {
        var left = passport.ExpiresAt - TimeProvider.GetUtcNow();
        return new Session
        {
            Sid = passport.Sid,
            UserId = passport.UserId,
            State = SessionState.Live,
            CreatedAt = passport.CreatedAt,
            LastSeenAt = passport.IssuedAt,
            IdleExpiresAt = passport.ExpiresAt,
            AbsoluteExpiresAt = passport.ExpiresAt,
            IdleExpiresIn = left,
            ExpiresIn = left,
            AssuranceLevel = passport.AssuranceLevel,
            AuthenticatedAt = passport.AuthenticatedAt,
            AuthenticationMethods = passport.Methods,
            Actor = passport.Actor,
            Claims = passport.Claims,
            Version = passport.Version,
        };
    }

    [LoggerMessage(9340, LogLevel.Debug, "A passport is refused: {Refusal}.")]
    private static partial void LogRefused(ILogger logger, PassportRefusal refusal);

    [LoggerMessage(9341, LogLevel.Warning, "It is not known whether a passport is valid. The request is answered 503.")]
    private static partial void LogCannotTell(ILogger logger, Exception exception);
}
