using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Passports;

/// <summary>Options of passports: short-lived signed proofs of a session. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class PassportOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Passports";

    /// <summary>Clocks of back ends, and writes that take long: added to how long an ending is told.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private const string ShortestLifetime = "00:00:30";
    private const string LongestLifetime = "00:10:00";

    /// <summary>Gets or sets a value indicating whether passports are issued. All instances must agree.</summary>
    /// <value>Default false. Needs <c>Events:Log:Enabled</c>: back ends learn from the log which sessions have ended.</value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets the issuer that passports name, which back ends compare exactly.</summary>
    /// <value>Required when enabled; an absolute https address without query and fragment. http is allowed for a loopback address.</value>
    public string Issuer { get; set; } = "";

    /// <summary>Gets or sets how long a passport is valid. It never outlives what its session is allowed when it is issued.</summary>
    /// <value>Default 2 minutes; 30 seconds to 10 minutes.</value>
    [Range(typeof(TimeSpan), ShortestLifetime, LongestLifetime, ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the audiences: the groups of back ends that accept the same passports.</summary>
    /// <value>Default none; at least one when enabled.</value>
    public IList<PassportAudienceOptions> Audiences { get; } = [];

    /// <summary>Gets the keys that are published, exactly one of which signs.</summary>
    /// <value>Required when enabled. Development draws one for each start.</value>
    public IList<PassportKeyOptions> Keys { get; } = [];

    /// <summary>Sets a random key, for Development: what it signed is worthless after the process.</summary>
    public void Draw() => Keys.Add(PassportKeyOptions.New());

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        FaultsOfIssuer().Concat(FaultsOfAudiences()).Concat(FaultsOfKeys()).Select(fault => new ValidationResult(fault));

    private IEnumerable<string> FaultsOfIssuer()
    {
        if (Enabled && Issuer.Length == 0)
        {
            yield return "Passports:Issuer is missing. Set the address that back ends know this API by, such as https://sessions.example.com.";
        }
        else if (Issuer.Length > 0 && !IsIssuer(Issuer))
        {
            yield return "Passports:Issuer must be an absolute https address without query and fragment. http is allowed for a loopback address.";
        }
    }

    private IEnumerable<string> FaultsOfAudiences()
    {
        if (Enabled && Audiences.Count == 0)
        {
            yield return "Passports:Audiences is empty. Set Passports:Audiences:0:Name and Passports:Audiences:0:Clients:0.";
        }

        for (var i = 0; i < Audiences.Count; i++)
        {
            foreach (var fault in Audiences[i].FaultsAt($"Passports:Audiences:{i}"))
            {
                yield return fault;
            }
        }

        foreach (var same in Audiences.GroupBy(audience => audience.Name, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            yield return $"Passports:Audiences has {same.Count()} entries of the name '{same.Key}'. Give each audience one entry.";
        }
    }

    private IEnumerable<string> FaultsOfKeys()
    {
        if (Enabled && Keys.Count == 0)
        {
            yield return "Passports:Keys is empty. Set Passports:Keys:0:Key to the output of 'dotnet run --project infra/keys -- passport', and Passports:Keys:0:State to Active.";
        }

        for (var i = 0; i < Keys.Count; i++)
        {
            if (!PassportKey.IsKey(Keys[i].Key))
            {
                yield return $"Passports:Keys:{i}:Key must be a private key on the curve P-256: PKCS#8 in base64, as 'dotnet run --project infra/keys -- passport' draws it.";
            }
        }

        if (Keys.Where(key => key.Key.Length > 0).GroupBy(key => key.Key, StringComparer.Ordinal).Any(group => group.Count() > 1))
        {
            yield return "Passports:Keys has the same key twice. Remove one of the entries.";
        }

        if (Keys.Count > 0 && Keys.Count(key => key.State is KeyState.Active) != 1)
        {
            yield return "Passports:Keys needs exactly one key whose State is Active.";
        }
    }

    private static bool IsIssuer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
}

[OptionsValidator]
internal sealed partial class PassportOptionsValidator : IValidateOptions<PassportOptions>;

// Without the log no back end would learn of an end, and a passport would be valid until it expires.
internal sealed class PassportOptionsEventRule(IOptions<EventOptions> events) : IValidateOptions<PassportOptions>
{
    // Longer than an ending is told with the longest life of a passport and the longest age of a cache entry.
    private static readonly TimeSpan ShortestLog = TimeSpan.FromMinutes(20);

    public ValidateOptionsResult Validate(string? name, PassportOptions options)
    {
        try
        {
            if (!options.Enabled)
            {
                return ValidateOptionsResult.Success;
            }

            if (!events.Value.KeepsLog)
            {
                return ValidateOptionsResult.Fail(
                    "Passports:Enabled is true, but Events:Enabled or Events:Log:Enabled is false. Set all three: back ends learn from the log which sessions have ended.");
            }

            return events.Value.Log.Retention < ShortestLog
                ? ValidateOptionsResult.Fail($"Events:Log:Retention must be at least {ShortestLog} while Passports:Enabled is true.")
                : ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            // Faults in the event options are reported by their own validator.
            return ValidateOptionsResult.Skip;
        }
    }
}

/// <summary>Audience of passports.</summary>
public sealed class PassportAudienceOptions
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxNameCharacters = 128;

    internal const string NameRule = "must be 1 to 128 printable ASCII characters without space, quotation mark and backslash";

    /// <summary>Gets or sets the name, which passports have as <c>aud</c> and back ends compare exactly.</summary>
    /// <value>Required; 1 to 128 printable ASCII characters without space, quotation mark and backslash; unique.</value>
    public string Name { get; set; } = "";

    /// <summary>Gets the clients whose passports may name it: the service that asks, or the one that created the asking user's session.</summary>
    /// <value>At least one name of a client, as in <c>ServiceKeys:0:Client</c> or the id of an Entra ID application.</value>
    public IList<string> Clients { get; } = [];

    internal static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameCharacters
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !text.AsSpan().ContainsAny('"', '\\');

    internal IEnumerable<string> FaultsAt(string path)
    {
        if (!IsName(Name))
        {
            yield return $"{path}:Name {NameRule}.";
        }

        if (Clients.Count == 0 || Clients.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{path}:Clients must name at least one client, and no empty name.";
        }
    }
}

/// <summary>Key of passports.</summary>
public sealed class PassportKeyOptions
{
    /// <summary>Gets or sets the private key: P-256, PKCS#8 in base64. A secret.</summary>
    /// <value>Required.</value>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets the use of the key: <c>Active</c> signs, <c>Read</c> is only published.</summary>
    /// <value>Default <c>Read</c>. A key is published for an hour before it signs, and after it has signed until its last passport has expired.</value>
    public KeyState State { get; set; }

    /// <summary>Returns a new random key that signs.</summary>
    public static PassportKeyOptions New() => new() { Key = PassportKey.Draw(), State = KeyState.Active };
}
