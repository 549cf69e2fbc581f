using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionApi.Contract;
using SessionApi.Diagnostics;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>Authenticates and authorises callers. Denies by default.</summary>
internal sealed partial class Authenticator(
    KeyRing keys,
    SessionService sessions,
    ServiceKeys serviceKeys,
    EntraTokens entraTokens,
    SessionCookie cookie,
    CsrfGuard csrf,
    FailureLimit failures,
    CallerLimit callers,
    TrustedProxies proxies,
    RepeatedEvents repeated,
    ApiMetrics metrics,
    TimeProvider timeProvider,
    ILogger<Authenticator> logger)
{
    private const int DeniedEvent = 2101;
    private const int CsrfEvent = 2102;
    private const int LimitedEvent = 2103;

    /// <summary>Checks the caller of an operation that requires one.</summary>
    /// <returns>Null when the call is allowed; the call then holds its caller.</returns>
    public ValueTask<Problem?> CheckAsync(Call call, Access access, CancellationToken cancellationToken)
    {
        var credential = Credential.Of(call.Http.Request, cookie.IsEnabled);
        return call.Operation.IsOAuth
            ? CheckClientAsync(call, access, credential, cancellationToken)
            : CheckAsync(call, access, credential, cancellationToken);
    }

    private ValueTask<Problem?> CheckAsync(Call call, Access access, Credential credential, CancellationToken cancellationToken)
    {
        return credential.Scheme switch
        {
            CredentialScheme.Ambiguous => ValueTask.FromResult<Problem?>(SessionProblems.CredentialAmbiguous),
            CredentialScheme.SessionToken when access.Kind is CallerKind.User => CheckUserAsync(call, credential, cancellationToken),
            CredentialScheme.ServiceKey when access.Kind is CallerKind.Service =>
                ValueTask.FromResult(Admit(call, access, credential, serviceKeys.Find(credential.Text))),
            CredentialScheme.Other when access.Kind is CallerKind.Service && entraTokens.IsEnabled && !credential.IsCookie =>
                CheckEntraAsync(call, access, credential, cancellationToken),
            _ => ValueTask.FromResult<Problem?>(Refuse(call, credential)),
        };
    }

    // The form is read first, because it may hold the credential.
    private async ValueTask<Problem?> CheckClientAsync(Call call, Access access, Credential credential, CancellationToken cancellationToken)
    {
        var form = await RequestForm.ReadAsync(call.Http, cancellationToken);
        call.Form = form;
        var posted = ClientCredential.OfForm(form);
        if (posted is not null && credential.Scheme is not CredentialScheme.None)
        {
            return SessionProblems.ClientCredentialAmbiguous;
        }

        var presented = credential.Scheme is CredentialScheme.Other && !credential.IsCookie ? ClientCredential.OfHeader(call.Http.Request.Headers.Authorization) : posted;
        if (presented is { } client)
        {
            return Admit(call, access, new Credential(CredentialScheme.ServiceKey), serviceKeys.Find(client));
        }

        return credential.Scheme is CredentialScheme.None && form.Fault is { } unreadable
            ? unreadable
            : await CheckAsync(call, access, credential, cancellationToken);
    }

    private async ValueTask<Problem?> CheckEntraAsync(Call call, Access access, Credential credential, CancellationToken cancellationToken)
    {
        var verdict = await entraTokens.CheckAsync(credential.Text.ToString(), cancellationToken);
        return verdict.IsUndecided ? SessionProblems.IdentityUnavailable : Admit(call, access, credential, verdict.Caller);
    }

    private Problem? Admit(Call call, Access access, Credential credential, Caller? caller)
    {
        if (caller is null)
        {
            return Refuse(call, credential);
        }

        if (!access.Allows(caller.Scopes))
        {
            metrics.Denied(call.Operation.Name);
            if (repeated.ShouldLog(HashCode.Combine(DeniedEvent, caller.Id, call.Operation.Name), out var denials))
            {
                LogDenied(caller.Id, call.Operation.Name, denials);
            }

            return SessionProblems.Forbidden;
        }

        LogAdmitted(caller.Id, call.Operation.Name);
        call.Service = caller;
        return Limit(caller);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<Problem?> CheckUserAsync(Call call, Credential credential, CancellationToken cancellationToken)
    {
        var verdict = SessionToken.Read(credential.Text.AsSpan(), keys, out var token);
        if (verdict is not TokenVerdict.Genuine)
        {
            return await sessions.IsUndecidedAsync(verdict, token, cancellationToken) ? SessionProblems.StoreUnavailable : Refuse(call, credential);
        }

        call.User = new CallingUser(token, credential.IsCookie);
        if (credential.IsCookie && csrf.Check(call.Http, new SessionId(token.Locator)) is { } refusal)
        {
            metrics.Denied(call.Operation.Name);
            if (repeated.ShouldLog(HashCode.Combine(CsrfEvent, call.Operation.Name), out var refusals))
            {
                LogCsrfRefused(call.Operation.Name, refusals);
            }

            return refusal;
        }

        if (Limit(token.Locator.GetHashCode()) is { } limited)
        {
            return limited;
        }

        return call.Operation.TokenRequirement is TokenRequirement.Genuine
            ? null
            : await CheckSessionAsync(call, credential, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<Problem?> CheckSessionAsync(Call call, Credential credential, CancellationToken cancellationToken)
    {
        if (failures.IsAnySpent && !sessions.WasAccepted(call.User.Token) && failures.WaitForLook(proxies.AddressOf(call.Http)) is > 0 and var wait)
        {
            return Slow(call, wait);
        }

        var reading = await sessions.ValidateAsync(call.User.Token, call.Consistency, cancellationToken);
        call.User.Session = reading;
        if (reading.Live is { } live && call.Requirement is { } required)
        {
            return CheckSignIn(call, live, required);
        }

        if (reading.Live is not null || (reading.Ended is not null && call.Operation.TokenRequirement is TokenRequirement.LiveOrEnded))
        {
            return null;
        }

        return reading.Ended is { } ended ? RefuseEnded(call, ended) : Refuse(call, credential, reading.Source is ReadSource.Table);
    }

    private Problem? CheckSignIn(Call call, LiveSession live, SignInRequirement required)
    {
        if (required.MissingFrom(live, timeProvider.GetUtcNow()) is not { } missing)
        {
            return null;
        }

        metrics.Denied(call.Operation.Name);
        return SessionProblems.SignInInsufficient(required, missing);
    }

    /// <summary>Counts something that a service asks for: its request, and what of its request is worth another one.</summary>
    /// <returns>Null while the caller is within its rate.</returns>
    public Problem? Limit(Caller caller) => Limit(caller.Id.GetHashCode(StringComparison.Ordinal));

    /// <summary>The answer to the right secret of an ended session. That is no guess, so it does not count as one.</summary>
    public Problem RefuseEnded(Call call, EndedSession ended)
    {
        metrics.AuthenticationFailed(call.Operation.Name, NameOf(CredentialScheme.SessionToken));
        return SessionProblems.Ended(ended.Reason, ended.EndedAt);
    }

    /// <summary>Returns the answer to a token that the handler found invalid.</summary>
    public Problem Refuse(Call call) => Refuse(call, new Credential(CredentialScheme.SessionToken), tookLook: true);

    // One answer for every invalid credential, so it reveals nothing; 429 when the address fails too often.
    private Problem Refuse(Call call, Credential credential, bool tookLook = false)
    {
        metrics.AuthenticationFailed(call.Operation.Name, NameOf(credential.Scheme));
        var wait = failures.Count(proxies.AddressOf(call.Http), tookLook);
        if (wait > 0)
        {
            return Slow(call, wait);
        }

        LogFailed(credential.Scheme, call.Operation.Name);
        return SessionProblems.Unauthenticated;
    }

    private Problem Slow(Call call, int wait)
    {
        metrics.RateLimited();
        if (repeated.ShouldLog(HashCode.Combine(LimitedEvent, call.Operation.Name), out var count))
        {
            LogLimited(call.Operation.Name, count);
        }

        return SessionProblems.RateLimited(wait);
    }

    // Tag values: contract, see ApiMetrics.
    private static string NameOf(CredentialScheme scheme) => scheme switch
    {
        CredentialScheme.None => "none",
        CredentialScheme.SessionToken => "session-token",
        CredentialScheme.ServiceKey => "service-key",
        CredentialScheme.Other => "other",
        _ => throw new UnreachableException(),
    };

    private Problem? Limit(int callerHash)
    {
        var wait = callers.Take(callerHash);
        if (wait == 0)
        {
            return null;
        }

        metrics.RateLimited();
        return SessionProblems.RateLimited(wait);
    }

    [LoggerMessage(2100, LogLevel.Information, "A {Scheme} credential was refused at {Operation}.")]
    private partial void LogFailed(CredentialScheme scheme, string operation);

    [LoggerMessage(DeniedEvent, LogLevel.Warning, "The caller {Caller} lacks the scope of {Operation}; {Count} times since the last such line.")]
    private partial void LogDenied(string caller, string operation, long count);

    [LoggerMessage(CsrfEvent, LogLevel.Warning, "A request with the session cookie failed the check against request forgery at {Operation}; {Count} times since the last such line.")]
    private partial void LogCsrfRefused(string operation, long count);

    [LoggerMessage(2104, LogLevel.Debug, "The caller {Caller} may use {Operation}.")]
    private partial void LogAdmitted(string caller, string operation);

    [LoggerMessage(LimitedEvent, LogLevel.Warning, "An address sent too many bad credentials and got 429 at {Operation}; {Count} times since the last such line.")]
    private partial void LogLimited(string operation, long count);
}
