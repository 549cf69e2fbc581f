using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>A session to create after the user was authenticated. What is left out follows the policy of the API.</summary>
public sealed record NewSession
{
    /// <summary>Gets the user: 1 to 256 printable characters, best an opaque id. Null for an anonymous session.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets what the user may see of the session: at most 4 KiB of JSON.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>Gets what only services see of the session: at most 32 KiB of JSON.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Gets the device, for the user's list of sessions.</summary>
    public NewDevice? Device { get; init; }

    /// <summary>Gets the idle timeout, in whole seconds; not longer than that of the policy.</summary>
    [JsonPropertyName("idleTimeoutSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Gets the absolute lifetime, in whole seconds; not longer than that of the policy.</summary>
    [JsonPropertyName("absoluteLifetimeSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? AbsoluteLifetime { get; init; }

    /// <summary>Gets how the user was authenticated; null for the default of the API.</summary>
    public AssuranceLevel? AssuranceLevel { get; init; }

    /// <summary>Gets the methods of the authentication (RFC 8176), such as <c>pwd</c> and <c>otp</c>: at most 8.</summary>
    public IReadOnlyList<string>? AuthenticationMethods { get; init; }

    /// <summary>Gets who acts as the user; null when nobody does. The user sees it in the list of sessions.</summary>
    public SessionActor? Actor { get; init; }

    /// <summary>Gets a value indicating whether the user is remembered: the limits are those of persistent sessions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Persistent { get; init; }

    /// <summary>Gets a value indicating whether the answer holds <see cref="IssuedSession.SetCookie"/>. Needs the cookie mode of the API.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Cookie { get; init; }

    /// <summary>Returns the name of the type: the members may hold secrets of the application.</summary>
    public override string ToString() => nameof(NewSession);
}
