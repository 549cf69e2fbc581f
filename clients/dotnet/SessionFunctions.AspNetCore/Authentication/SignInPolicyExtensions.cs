using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Requires a recent or stronger sign-in (RFC 9470).</summary>
public static class SignInPolicyExtensions
{
    /// <summary>Requires it by a policy. A user who is signed in otherwise is asked to sign in again, with what is required.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="maxAge">How long ago the user was authenticated at most; null for any time.</param>
    /// <param name="minAssurance">The lowest level, <c>aal1</c>, <c>aal2</c> or <c>aal3</c>; null for any.</param>
    /// <param name="methods">Methods that must all have been used (RFC 8176), such as <c>otp</c>.</param>
    /// <exception cref="ArgumentException">Nothing is required, or what nobody can meet.</exception>
    public static AuthorizationPolicyBuilder RequireSignIn(
        this AuthorizationPolicyBuilder policy, TimeSpan? maxAge = null, string? minAssurance = null, params string[] methods)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(methods);
        if (maxAge is null && minAssurance is null && methods.Length == 0)
        {
            throw new ArgumentException("Nothing is required. Allowed: maxAge, minAssurance, methods, or several of them.", nameof(policy));
        }

        if (maxAge < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentOutOfRangeException(nameof(maxAge), maxAge, "maxAge must be at least a second.");
        }

        return policy.RequireAuthenticatedUser().AddRequirements(new SessionSignInRequirement(new SignInRequirement
        {
            MaxAuthenticationAge = maxAge,
            MinAssuranceLevel = minAssurance is null ? null : SignInText.ParseLevel(minAssurance),
            Methods = methods.Length == 0 ? null : methods,
        }));
    }

    /// <summary>Requires it of an endpoint.</summary>
    /// <inheritdoc cref="RequireSignIn(AuthorizationPolicyBuilder, TimeSpan?, string?, string[])"/>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder endpoint, TimeSpan? maxAge = null, string? minAssurance = null, params string[] methods)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireSignIn(maxAge, minAssurance, methods));
}
