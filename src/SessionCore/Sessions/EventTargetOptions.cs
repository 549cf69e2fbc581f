using System.Text.RegularExpressions;

namespace SessionCore.Sessions;

/// <summary>Options of a target of events.</summary>
public sealed partial class EventTargetOptions
{
    private const string SecretPrefix = "whsec_";
    private const int LimitMilliseconds = 1000;
    private const int MinSecretBytes = 24;
    private const int MaxSecretBytes = 64;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(30);

    // What ends a session. CAEP has no word for the others, nor for an instant that no session stands for.
    private static readonly string[] CaepTypes = [SessionEventTypes.Ended, SessionEventTypes.Assigned, SessionEventTypes.SignedOutEverywhere];

    /// <summary>Gets or sets what receives the events.</summary>
    /// <value>Default Webhook; or EventGrid, or Caep.</value>
    public EventTargetKind Kind { get; set; } = EventTargetKind.Webhook;

    /// <summary>Gets or sets the address that events are posted to.</summary>
    /// <value>Required; https. http only with <see cref="AllowPrivateAddresses"/>, and never with a managed identity.</value>
    public string Url { get; set; } = "";

    /// <summary>Gets or sets the secret of a webhook's signature (Standard Webhooks).</summary>
    /// <value>Required of a webhook; <c>whsec_</c> and 24 to 64 bytes in base64.</value>
    public string Secret { get; set; } = "";

    /// <summary>Gets or sets a second secret: events are signed with both, so that a receiver can change from one to the other.</summary>
    /// <value>Default none.</value>
    public string PreviousSecret { get; set; } = "";

    /// <summary>Gets or sets the access key of an Event Grid topic.</summary>
    /// <value>Default empty: the app's managed identity, which needs the role EventGrid Data Sender.</value>
    public string AccessKey { get; set; } = "";

    /// <summary>Gets or sets the options of a receiver of OpenID CAEP.</summary>
    /// <value>Required of kind Caep.</value>
    public CaepTargetOptions Caep { get; set; } = new();

    /// <summary>Gets the types of events that it receives.</summary>
    /// <value>Default none, which means all types. A receiver of CAEP gets the ends of sessions only.</value>
    public IList<string> Types { get; } = [];

    /// <summary>Gets or sets how long an attempt may take.</summary>
    /// <value>Default 10 seconds; 1 to 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets a value indicating whether the address may be private, loopback or link-local, and http.</summary>
    /// <value>Default false: such an address is refused whenever a connection is made (SSRF).</value>
    public bool AllowPrivateAddresses { get; set; }

    private IReadOnlyList<string> AllowedTypes => Kind is EventTargetKind.Caep ? CaepTypes : SessionEventTypes.All;

    /// <summary>Whether the target receives events of a type.</summary>
    public bool Wants(string type) => Types.Count == 0 ? AllowedTypes.Contains(type, StringComparer.Ordinal) : Types.Contains(type);

    /// <summary>Returns the bytes of a secret; null when it is none.</summary>
    public static byte[]? ReadSecret(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[MaxSecretBytes];
        return Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var length) && length >= MinSecretBytes ? bytes[..length] : null;
    }

    // Faults never repeat a secret.
    internal IEnumerable<string> FaultsOf(string name)
    {
        var path = $"Events:Targets:{name}";
        if (!TargetName().IsMatch(name))
        {
            yield return $"{path}: the name of a target must be 1 to 40 lower-case letters, digits and hyphens.";
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || !IsAllowed(address))
        {
            yield return $"{path}:Url must be an https address without credentials and fragment. http is allowed with {path}:AllowPrivateAddresses.";
        }

        foreach (var fault in KindFaults(path))
        {
            yield return fault;
        }

        foreach (var type in Types.Where(type => !AllowedTypes.Contains(type, StringComparer.Ordinal)))
        {
            yield return $"{path}:Types: unknown type '{type}'. Allowed: {string.Join(", ", AllowedTypes)}.";
        }

        if (Timeout < ShortestTimeout || Timeout > LongestTimeout)
        {
            yield return $"{path}:Timeout must be between {ShortestTimeout} and {LongestTimeout}.";
        }
    }

    private IEnumerable<string> KindFaults(string path)
    {
        var own = Kind switch
        {
            EventTargetKind.Webhook => WebhookFaults(path),
            EventTargetKind.EventGrid => EventGridFaults(path),
            _ => Caep.FaultsOf($"{path}:Caep"),
        };
        return
        [
            .. own,
            .. OfOthers(path, nameof(Secret), Secret.Length > 0, EventTargetKind.Webhook),
            .. OfOthers(path, nameof(PreviousSecret), PreviousSecret.Length > 0, EventTargetKind.Webhook),
            .. OfOthers(path, nameof(AccessKey), AccessKey.Length > 0, EventTargetKind.EventGrid),
            .. OfOthers(path, nameof(Caep), Caep.IsGiven, EventTargetKind.Caep),
        ];
    }

    private IEnumerable<string> OfOthers(string path, string option, bool isGiven, EventTargetKind kind) =>
        isGiven && Kind != kind ? [$"{path}:{option} belongs to a target of kind {kind}, and this one is of kind {Kind}. Remove it, or set {path}:Kind."] : [];

    private IEnumerable<string> WebhookFaults(string path)
    {
        if (ReadSecret(Secret) is null)
        {
            yield return $"{path}:Secret must be whsec_ and {MinSecretBytes} to {MaxSecretBytes} bytes in base64. Draw one with: echo whsec_$(openssl rand -base64 32)";
        }

        if (PreviousSecret.Length > 0 && ReadSecret(PreviousSecret) is null)
        {
            yield return $"{path}:PreviousSecret must be empty, or whsec_ and {MinSecretBytes} to {MaxSecretBytes} bytes in base64.";
        }
    }

    private IEnumerable<string> EventGridFaults(string path)
    {
        // The identity's token must not travel in the clear; the client refuses it as well.
        if (AccessKey.Length == 0 && Url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{path}:AccessKey is empty, so the managed identity is used, and {path}:Url must be https.";
        }
    }

    private bool IsAllowed(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && AllowPrivateAddresses))
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0;

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex TargetName();
}
