using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.Client.Http;

/// <summary>The JSON of the API, generated at build time: no reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NewSession))]
[JsonSerializable(typeof(KeyedSession))]
[JsonSerializable(typeof(Rotation))]
[JsonSerializable(typeof(SessionExpiry))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(IssuedSession))]
[JsonSerializable(typeof(WireIntrospectionAnswer))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(WireIntrospection))]
[JsonSerializable(typeof(WireActivity))]
[JsonSerializable(typeof(WirePage))]
[JsonSerializable(typeof(WireRevocation))]
[JsonSerializable(typeof(WireProblem))]
[JsonSerializable(typeof(WirePassportKeys))]
[JsonSerializable(typeof(WireEnding))]
[JsonSerializable(typeof(SessionEventPage))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Gets the context to use. Its text is as short as what the limits of the API count: the plus sign of base64 is one byte.</summary>
    public static WireJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>Body of an introspection.</summary>
internal sealed record WireIntrospection(string Token, bool Touch, string? IpAddress, SignInRequirement? Requires, WirePassportRequest? Passport, long? KnownVersion)
{
    public override string ToString() => nameof(WireIntrospection);
}

/// <summary>Answer to an introspection. One of <paramref name="Session"/> and <paramref name="Unchanged"/> when it is active.</summary>
internal sealed record WireIntrospectionAnswer(bool? Active, Session? Session, WireUnchanged? Unchanged, SignInRequirement? Insufficient, IssuedPassport? Passport)
{
    public override string ToString() => nameof(WireIntrospectionAnswer);
}

/// <summary>A session that the caller knows: its id, and what differs between two answers of the same version.</summary>
internal sealed record WireUnchanged(string? Sid, long? IdleExpiresInSeconds, long? ExpiresInSeconds);

/// <summary>A passport that is wanted.</summary>
internal sealed record WirePassportRequest(string Audience);

/// <summary>The keys of passports (RFC 7517).</summary>
internal sealed record WirePassportKeys(IReadOnlyList<PassportKey>? Keys);

/// <summary>Whether a session has ended.</summary>
internal sealed record WireEnding(string? Sid, bool? Ended);

/// <summary>Body of a report of activity.</summary>
internal sealed record WireActivity(string? IpAddress);

/// <summary>A page of a list, or its count.</summary>
internal sealed record WirePage(IReadOnlyList<Session>? Sessions, string? Continuation, long? Count);

/// <summary>An end of one or more sessions.</summary>
internal sealed record WireRevocation(long? Ended, DateTimeOffset? EffectiveBy);

/// <summary>A problem document (RFC 9457), as far as this client reads it.</summary>
internal sealed record WireProblem(string? Type, string? Title, string? Detail, IReadOnlyList<RequestError>? Errors, string? Reason, DateTimeOffset? EndedAt);
