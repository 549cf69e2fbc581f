using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>A requirement on how and when the user signed in. A user who does not meet it is asked to sign in again, not refused.</summary>
/// <param name="required">What the sign-in must meet.</param>
public sealed class SessionSignInRequirement(SignInRequirement required) : IAuthorizationRequirement
{
    /// <summary>Gets what the sign-in must meet.</summary>
    public SignInRequirement Required { get; } = required ?? throw new ArgumentNullException(nameof(required));

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(SessionSignInRequirement)}: {Required}";
}

/// <summary>Judges by the facts that the validation of the token brought: a request asks the API once.</summary>
internal sealed class SessionSignInHandler(IHttpContextAccessor accessor) : AuthorizationHandler<SessionSignInRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SessionSignInRequirement requirement)
    {
        var http = context.Resource as HttpContext ?? accessor.HttpContext;
        if (http?.Features.Get<SessionFeature>() is not { Session: { } session } feature)
        {
            return Task.CompletedTask;
        }

        if (IsMet(requirement.Required, session))
        {
            context.Succeed(requirement);
            return Task.CompletedTask;
        }

        feature.Insufficient = feature.Insufficient is null ? requirement.Required : Both(feature.Insufficient, requirement.Required);
        return Task.CompletedTask;
    }

    private static bool IsMet(SignInRequirement required, Session session)
    {
        // Nobody has signed in to an anonymous session (ADR 43).
        if (session.UserId is null || required.MinAssuranceLevel > session.AssuranceLevel)
        {
            return false;
        }

        // The clock of the API when it answered, which may differ from ours.
        var now = session.AbsoluteExpiresAt - session.ExpiresIn;
        return !(now - session.AuthenticatedAt > required.MaxAuthenticationAge)
            && (required.Methods ?? []).All(method => session.AuthenticationMethods?.Contains(method, StringComparer.Ordinal) is true);
    }

    // One new sign-in must meet both.
    private static SignInRequirement Both(SignInRequirement one, SignInRequirement other) => new()
    {
        MaxAuthenticationAge = one.MaxAuthenticationAge < other.MaxAuthenticationAge ? one.MaxAuthenticationAge : other.MaxAuthenticationAge ?? one.MaxAuthenticationAge,
        MinAssuranceLevel = one.MinAssuranceLevel > other.MinAssuranceLevel ? one.MinAssuranceLevel : other.MinAssuranceLevel ?? one.MinAssuranceLevel,
        Methods = [.. (one.Methods ?? []).Union(other.Methods ?? [], StringComparer.Ordinal)],
    };
}
