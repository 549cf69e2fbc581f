namespace SessionCore.Sessions;

/// <summary>Request for a new session.</summary>
public sealed record NewSession
{
    /// <summary>The most bytes of claims, as minified UTF-8 JSON.</summary>
    public const int MaxClaimsBytes = 4 * 1024;

    /// <summary>The most bytes of data, as minified UTF-8 JSON; holds after a merge too.</summary>
    public const int MaxDataBytes = 32 * 1024;

    /// <summary>The deepest nesting of claims and data.</summary>
    public const int MaxDepth = 16;

    /// <summary>Gets whose session it is; null for an anonymous session.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets what the client may see: a minified UTF-8 JSON object; empty means <c>{}</c>.</summary>
    public ReadOnlyMemory<byte> ClaimsJson { get; init; }

    /// <summary>Gets what only services see: a minified UTF-8 JSON object; empty means <c>{}</c>.</summary>
    public ReadOnlyMemory<byte> DataJson { get; init; }

    /// <summary>Gets the device; null when nothing is known of it.</summary>
    public SessionDevice? Device { get; init; }

    /// <summary>Gets the idle timeout; null for the profile's. Whole seconds.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Gets the absolute lifetime; null for the profile's. Whole seconds.</summary>
    public TimeSpan? AbsoluteLifetime { get; init; }

    /// <summary>Gets how strongly the user was authenticated; null for the policy's default.</summary>
    public AssuranceLevel? AssuranceLevel { get; init; }
}
