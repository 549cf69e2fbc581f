namespace SessionApi.Callers;

/// <summary>The service keys that are accepted. Bound from the list <see cref="SectionName"/>.</summary>
public sealed class ServiceKeysOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "ServiceKeys";

    /// <summary>How far ahead a key may expire: static keys are only acceptable when they change (ASVS 5.0 13.2.1).</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(90);

    /// <summary>How many live keys a client may have: the one in use and the one that replaces it.</summary>
    public const int MaxLiveKeysPerClient = 2;

    /// <summary>Gets the keys.</summary>
    /// <value>Default none: only Entra ID tokens are accepted from services.</value>
    public IList<ServiceKeyEntry> Keys { get; } = [];
}
