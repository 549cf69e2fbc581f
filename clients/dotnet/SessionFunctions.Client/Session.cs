using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>A session as the API tells it. An ended one has no claims, data and device.</summary>
public sealed record Session
{
    /// <summary>Gets the id of the session. It is no secret.</summary>
    public required string Sid { get; init; }

    /// <summary>Gets the user; null for an anonymous session.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets whether the session is live.</summary>
    public required SessionState State { get; init; }

    /// <summary>Gets why the session ended, in kebab-case; null for a live one.</summary>
    public string? EndReason { get; init; }

    /// <summary>Gets when the session ended; null for a live one.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets when the session was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the latest activity that was written. Activity is written at most once per slack.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Gets the end without further activity, by the clock of the API.</summary>
    public DateTimeOffset IdleExpiresAt { get; init; }

    /// <summary>Gets the end in any case, by the clock of the API.</summary>
    public DateTimeOffset AbsoluteExpiresAt { get; init; }

    /// <summary>Gets the time left without activity when the API answered. Independent of the clock of the caller.</summary>
    [JsonPropertyName("idleExpiresInSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan IdleExpiresIn { get; init; }

    /// <summary>Gets the time left in any case when the API answered. Independent of the clock of the caller.</summary>
    [JsonPropertyName("expiresInSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan ExpiresIn { get; init; }

    /// <summary>Gets the idle timeout of the session.</summary>
    [JsonPropertyName("idleTimeoutSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>Gets how the user was authenticated.</summary>
    public AssuranceLevel AssuranceLevel { get; init; }

    /// <summary>Gets when the user was authenticated last.</summary>
    public DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Gets the methods of the authentication (RFC 8176); null when they were not told.</summary>
    public IReadOnlyList<string>? AuthenticationMethods { get; init; }

    /// <summary>Gets who acts as the user; null when nobody does.</summary>
    public SessionActor? Actor { get; init; }

    /// <summary>Gets a value indicating whether the user is remembered.</summary>
    public bool Persistent { get; init; }

    /// <summary>Gets the device; null when the answer has none.</summary>
    public SessionDevice? Device { get; init; }

    /// <summary>Gets what the user may see: a JSON object. Null in lists and for an ended session.</summary>
    public JsonElement? Claims { get; init; }

    /// <summary>Gets what only services see: a JSON object. Null in lists and for an ended session.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Gets the version of the session; it counts the changes.</summary>
    public long Version { get; init; }

    /// <summary>Gets the entity tag of the answer, for a conditional write. Null in lists.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    /// <summary>Gets a value indicating whether the session is live.</summary>
    [JsonIgnore]
    public bool IsLive => State is SessionState.Live;

    // As the API makes it; a shared call has no header for each session.
    internal string VersionTag => string.Create(CultureInfo.InvariantCulture, $"\"{Version}\"");

    /// <summary>Returns id and state, without claims and data.</summary>
    public override string ToString() => $"{nameof(Session)} {{ {nameof(Sid)} = {Sid}, {nameof(State)} = {State} }}";
}
