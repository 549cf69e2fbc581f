using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>New ends of a session, within the policy of the API. Zero or less ends the session.</summary>
public sealed record SessionExpiry
{
    /// <summary>Gets the time left in any case, from now, in whole seconds; null keeps the end.</summary>
    [JsonPropertyName("expiresInSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Gets the idle timeout, in whole seconds; null keeps it.</summary>
    [JsonPropertyName("idleTimeoutSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? IdleTimeout { get; init; }
}
