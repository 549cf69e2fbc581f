using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>What the sign-in of a user must meet, or what of it is not met (RFC 9470).</summary>
public sealed record SignInRequirement
{
    /// <summary>Gets how long ago the user was authenticated at most, in whole seconds.</summary>
    [JsonPropertyName("maxAuthenticationAgeSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? MaxAuthenticationAge { get; init; }

    /// <summary>Gets the lowest assurance level.</summary>
    public AssuranceLevel? MinAssuranceLevel { get; init; }

    /// <summary>Gets the methods that must all have been used (RFC 8176).</summary>
    public IReadOnlyList<string>? Methods { get; init; }
}
