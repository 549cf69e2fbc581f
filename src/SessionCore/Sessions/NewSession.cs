namespace SessionCore.Sessions;

/// <summary>Request for a new session.</summary>
public sealed record NewSession
{
    /// <summary>The maximum size of claims, as minified UTF-8 JSON.</summary>
    public const int MaxClaimsBytes = 4 * 1024;

    /// <summary>The maximum size of data, as minified UTF-8 JSON; also after a merge.</summary>
    public const int MaxDataBytes = 32 * 1024;

    /// <summary>The maximum nesting depth of claims and data.</summary>
    public const int MaxDepth = 16;

    /// <summary>Gets the user; null for an anonymous session.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the name of the client that creates it; null when it is not told.</summary>
    public string? Client { get; init; }

    /// <summary>Gets what the client may see: a minified UTF-8 JSON object; empty means <c>{}</c>.</summary>
    public ReadOnlyMemory<byte> ClaimsJson { get; init; }

    /// <summary>Gets the data, visible to services only: a minified UTF-8 JSON object; empty means <c>{}</c>.</summary>
    public ReadOnlyMemory<byte> DataJson { get; init; }

    /// <summary>Gets the device; null when unknown.</summary>
    public SessionDevice? Device { get; init; }

    /// <summary>Gets the idle timeout; null for the profile's. Whole seconds.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Gets the absolute lifetime; null for the profile's. Whole seconds.</summary>
    public TimeSpan? AbsoluteLifetime { get; init; }

    /// <summary>Gets the assurance level of the authentication; null for the policy's default.</summary>
    public AssuranceLevel? AssuranceLevel { get; init; }

    /// <summary>Gets how the user was authenticated, in names as <see cref="Sessions.AuthenticationMethods.IsName"/> allows; empty when that is not told.</summary>
    public IReadOnlyList<string> AuthenticationMethods { get; init; } = [];

    /// <summary>Gets who acts as the user; null when the user does. Can never be changed.</summary>
    public SessionActor? Actor { get; init; }

    /// <summary>Gets a value indicating whether the user wishes to be remembered: the limits are those of <see cref="SessionPolicyOptions.Persistent"/>.</summary>
    public bool IsPersistent { get; init; }
}
