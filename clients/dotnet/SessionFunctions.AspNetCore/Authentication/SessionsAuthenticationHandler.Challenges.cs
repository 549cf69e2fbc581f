using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <content>What a user is told who is not signed in, not strongly enough, or may not do something.</content>
internal sealed partial class SessionsAuthenticationHandler
{
    private const string Bearer = "Bearer";
    private const string InvalidToken = "Bearer error=\"invalid_token\"";

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var lookup = await LookUpAsync().ConfigureAwait(false);
        if (lookup.Failure is not null)
        {
            await UnavailableAnswer.WriteAsync(Context, lookup.Failure, Options.OnUnavailable).ConfigureAwait(false);
            return;
        }

        var end = await ReadEndAsync().ConfigureAwait(false);
        if (end is not null)
        {
            await Options.OnSignedOutReason(new SignedOutReasonContext(Context, Scheme, Options, properties, end)).ConfigureAwait(false);
        }

        if (lookup.IsBearer)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = InvalidToken;
            return;
        }

        var query = QueryString.Create(Options.ReturnUrlParameter, ReturnUrl(properties));
        if (end is not null && Options.SignedOutReasonParameter is { } parameter)
        {
            query = query.Add(parameter, end.Reason);
        }

        await Events.RedirectToLogin(RedirectTo(Options.LoginPath + query.ToUriComponent(), properties)).ConfigureAwait(false);
        if (Options.AcceptBearer)
        {
            NameChallenge(Bearer);
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<SessionFeature>()?.Insufficient is { } lacking)
        {
            await ChallengeStepUpAsync(lacking, properties).ConfigureAwait(false);
            return;
        }

        var lookup = await LookUpAsync().ConfigureAwait(false);
        if (lookup.IsBearer)
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var uri = Options.AccessDeniedPath + QueryString.Create(Options.ReturnUrlParameter, ReturnUrl(properties)).ToUriComponent();
        await Events.RedirectToAccessDenied(RedirectTo(uri, properties)).ConfigureAwait(false);
    }

    // RFC 9470: the challenge names all that is required.
    private async Task ChallengeStepUpAsync(SignInRequirement required, AuthenticationProperties properties)
    {
        var (challenge, query) = SignInChallenge.Of(required);
        if ((await LookUpAsync().ConfigureAwait(false)).IsBearer)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = challenge;
            return;
        }

        var path = Options.StepUpPath.HasValue ? Options.StepUpPath : Options.LoginPath;
        var all = QueryString.Create(Options.ReturnUrlParameter, ReturnUrl(properties)) + query;
        await Events.RedirectToLogin(RedirectTo(path + all.ToUriComponent(), properties)).ConfigureAwait(false);
        NameChallenge(challenge);
    }

    private void NameChallenge(string challenge)
    {
        if (Response is { HasStarted: false, StatusCode: StatusCodes.Status401Unauthorized })
        {
            Response.Headers.WWWAuthenticate = challenge;
        }
    }

    private string ReturnUrl(AuthenticationProperties properties) => string.IsNullOrEmpty(properties.RedirectUri)
        ? OriginalPathBase + OriginalPath + Request.QueryString
        : properties.RedirectUri;

    private RedirectContext<CookieAuthenticationOptions> RedirectTo(string uri, AuthenticationProperties properties) =>
        new(Context, Scheme, Options, properties, BuildRedirectUri(uri));

    // The query is not trusted, so it leads nowhere else than to this host, and only on the path of the sign-in or sign-out.
    private async Task RedirectBackAsync(PathString onlyOn, AuthenticationProperties properties)
    {
        ForbidCaching();
        if (Response.StatusCode != StatusCodes.Status200OK)
        {
            return;
        }

        var target = properties.RedirectUri;
        if (string.IsNullOrEmpty(target) && onlyOn.HasValue && OriginalPath == onlyOn)
        {
            target = Request.Query[Options.ReturnUrlParameter];
            target = IsHostRelative(target) ? target : null;
        }

        if (target is not null)
        {
            await Events.RedirectToReturnUrl(new RedirectContext<CookieAuthenticationOptions>(Context, Scheme, Options, properties, target)).ConfigureAwait(false);
        }
    }

    private static bool IsHostRelative(string? path) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..];

    [LoggerMessage(9310, LogLevel.Debug, "{Scheme} signed a user in with session {Sid}.")]
    private static partial void LogSignedIn(ILogger logger, string scheme, string sid);

    [LoggerMessage(9311, LogLevel.Debug, "{Scheme} ended session {Sid}.")]
    private static partial void LogSignedOut(ILogger logger, string scheme, string sid);

    [LoggerMessage(9312, LogLevel.Information, "{Scheme} moved a user of the fallback scheme to session {Sid}.")]
    private static partial void LogMoved(ILogger logger, string scheme, string sid);

    [LoggerMessage(EventId = 9313, Message = "It is not known whether a user is signed in. The request is answered 503.")]
    private static partial void LogCannotTell(ILogger logger, LogLevel level, Exception exception);

    [LoggerMessage(9314, LogLevel.Debug, "It is not known why a session ended.")]
    private static partial void LogReasonUnknown(ILogger logger, Exception exception);

    [LoggerMessage(9315, LogLevel.Warning, "Session {Sid} was created by a sign-in that failed afterwards, and could not be ended. It lapses unused.")]
    private static partial void LogStray(ILogger logger, Exception exception, string sid);

    [LoggerMessage(9316, LogLevel.Warning, "{Scheme} cannot read the principal of session {Sid}. The claims of the session are used. Was 'aspnetTicket' in its data overwritten?")]
    private static partial void LogUnreadable(ILogger logger, string scheme, string sid);

    [LoggerMessage(9317, LogLevel.Warning, "The principal of a sign-in has neither NameIdentifier nor sub, so its session stands in no list of a user. Set UserId in AddSessions of {Scheme}.")]
    private static partial void LogNoUser(ILogger logger, string scheme);
}
