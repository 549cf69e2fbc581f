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

/// <summary>Finds out who calls and whether they may. Denies whatever it does not know.</summary>
internal sealed partial class Authenticator(
    KeyRing keys,
    SessionService sessions,
    ServiceKeys serviceKeys,
    EntraTokens entraTokens,
    SessionCookie cookie,
    CsrfGuard csrf,
    FailureLimit failures,
    CallerLimit callers,
    ClientAddress addresses,
    ApiMetrics metrics,
    ILogger<Authenticator> logger)
{
    /// <summary>Checks the caller of an operation that asks for one.</summary>
    /// <returns>Null when the call may go on; it then knows its caller.</returns>
    public ValueTask<Problem?> CheckAsync(Call call, Access access, CancellationToken cancellationToken)
    {
        var credential = Credential.Of(call.Http.Request, cookie.IsEnabled);
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

        if ((caller.Scopes & access.Scope) != access.Scope)
        {
            metrics.Denied(call.Operation.Name);
            LogDenied(caller.Id, call.Operation.Name);
            return SessionProblems.Forbidden;
        }

        LogAdmitted(caller.Id, call.Operation.Name);
        call.Service = caller;
        return Limit(caller.Id.GetHashCode(StringComparison.Ordinal));
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<Problem?> CheckUserAsync(Call call, Credential credential, CancellationToken cancellationToken)
    {
        var verdict = SessionToken.Read(credential.Text.AsSpan(), keys, out var token);
        if (verdict is not TokenVerdict.Genuine)
        {
            return verdict is TokenVerdict.KeyUnknown ? SessionProblems.StoreUnavailable : Refuse(call, credential);
        }

        call.Token = token;
        call.IsByCookie = credential.IsCookie;
        if (credential.IsCookie && csrf.Check(call.Http.Request, new SessionId(token.Locator)) is { } refusal)
        {
            metrics.Denied(call.Operation.Name);
            LogCsrfRefused(call.Operation.Name);
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
        var reading = await sessions.ValidateAsync(call.Token, call.Consistency, cancellationToken);
        call.Own = reading;
        if (reading.Live is not null || (reading.Ended is not null && call.Operation.TokenRequirement is TokenRequirement.LiveOrEnded))
        {
            return null;
        }

        return reading.Ended is { } ended ? RefuseEnded(call, ended) : Refuse(call, credential);
    }

    /// <summary>The answer to the right secret of an ended session. That is no guess, so it does not count as one.</summary>
    public Problem RefuseEnded(Call call, EndedSession ended)
    {
        metrics.AuthenticationFailed(call.Operation.Name, NameOf(CredentialScheme.SessionToken));
        return SessionProblems.Ended(ended.Reason, ended.EndedAt);
    }

    /// <summary>The answer to a token that turned out not to be good after all.</summary>
    public Problem Refuse(Call call) => Refuse(call, new Credential(CredentialScheme.SessionToken));

    // One answer whatever is wrong; only whoever fails too often is told something else.
    private Problem Refuse(Call call, Credential credential)
    {
        metrics.AuthenticationFailed(call.Operation.Name, NameOf(credential.Scheme));
        LogFailed(credential.Scheme, call.Operation.Name);
        var wait = failures.Count(addresses.Of(call.Http));
        if (wait == 0)
        {
            return SessionProblems.Unauthenticated;
        }

        metrics.RateLimited();
        LogLimited(call.Operation.Name);
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

    [LoggerMessage(2101, LogLevel.Warning, "The caller {Caller} lacks the scope of {Operation}.")]
    private partial void LogDenied(string caller, string operation);

    [LoggerMessage(2102, LogLevel.Warning, "A request with the session cookie did not show that the application sent it, at {Operation}.")]
    private partial void LogCsrfRefused(string operation);

    [LoggerMessage(2104, LogLevel.Debug, "The caller {Caller} may use {Operation}.")]
    private partial void LogAdmitted(string caller, string operation);

    [LoggerMessage(2103, LogLevel.Warning, "An address failed too often and is told to wait, at {Operation}.")]
    private partial void LogLimited(string operation);
}
