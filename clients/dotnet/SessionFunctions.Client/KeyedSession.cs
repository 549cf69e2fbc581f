using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>A whole session to save under a key. What is left out of one that exists stays as it is, except the data.</summary>
public sealed record KeyedSession
{
    /// <summary>Gets the data: at most 32 KiB of JSON. It replaces the data of the session.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>Gets the user; an anonymous session becomes that user's. Null leaves the session whose it is.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets what the user may see: at most 4 KiB of JSON.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>Gets the device, for the user's list of sessions.</summary>
    public NewDevice? Device { get; init; }

    /// <summary>Gets the idle timeout, in whole seconds; not longer than that of the policy.</summary>
    [JsonPropertyName("idleTimeoutSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Gets the lifetime from this save on, in whole seconds; not longer than that of the policy.</summary>
    [JsonPropertyName("absoluteLifetimeSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? AbsoluteLifetime { get; init; }

    /// <summary>Returns the name of the type: the members may hold secrets of the application.</summary>
    public override string ToString() => nameof(KeyedSession);
}
