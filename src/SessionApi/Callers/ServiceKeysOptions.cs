using SessionApi.Contract;

namespace SessionApi.Callers;

/// <summary>Accepted service keys. Bound from the list <see cref="SectionName"/>.</summary>
public sealed class ServiceKeysOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "ServiceKeys";

    /// <summary>Longest time until a key expires: static keys are acceptable only when they are rotated (ASVS 5.0 13.2.1).</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(90);

    /// <summary>Most live keys of a client: the one in use and its replacement.</summary>
    public const int MaxLiveKeysPerClient = 2;

    /// <summary>The most characters of a client's name.</summary>
    public const int MaxClientCharacters = 64;

    /// <summary>Gets the keys.</summary>
    /// <value>Default none: only Entra ID tokens are accepted from services.</value>
    public IList<ServiceKeyEntry> Keys { get; } = [];
}

/// <summary>Accepted service key.</summary>
public sealed class ServiceKeyEntry
{
    /// <summary>Gets or sets the id within the key.</summary>
    /// <value>Required; 1 to 32 of a-z, 0-9 and hyphen; unique.</value>
    public string Id { get; set; } = "";

    /// <summary>Gets or sets the service the key belongs to; stays the same when its key is replaced.</summary>
    /// <value>Default: the <see cref="Id"/>; at most 64 of A-Z, a-z, 0-9, dot, hyphen and underscore. At most two live keys each.</value>
    public string? Client { get; set; }

    /// <summary>Gets or sets the SHA-256 of the key's secret part.</summary>
    /// <value>Required; 64 lower-case hex digits.</value>
    public string Hash { get; set; } = "";

    /// <summary>Gets the scopes of the service.</summary>
    /// <value>At least one of the names in <see cref="ScopeNames"/>.</value>
    public IList<string> Scopes { get; } = [];

    /// <summary>Gets or sets the instant from which the key is refused.</summary>
    /// <value>Required; RFC 3339; at most 90 days ahead.</value>
    public DateTimeOffset ExpiresAt { get; set; }

    internal string ClientName => string.IsNullOrEmpty(Client) ? Id : Client;
}
