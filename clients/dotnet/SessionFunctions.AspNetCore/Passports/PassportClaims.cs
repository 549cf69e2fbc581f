using System.Text.Json;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>The claims of a passport while they are read.</summary>
internal ref struct PassportClaims
{
    // The end of the calendar.
    private const long MaxMilliseconds = 253_402_300_799_000;
    private const long MillisecondsPerSecond = 1000;

    private string? _audience;
    private string? _sid;
    private string? _subject;
    private DateTimeOffset? _issuedAt;
    private DateTimeOffset? _expiresAt;
    private DateTimeOffset? _authenticatedAt;
    private DateTimeOffset? _createdAt;
    private AssuranceLevel? _level;
    private List<string>? _methods;
    private SessionActor? _actor;
    private JsonElement? _claims;
    private long? _version;

    /// <summary>Reads a claim; false when it is of another form, or there already.</summary>
    public bool Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("sid"u8))
        {
            return _sid is null && TextOf(ref reader, out _sid);
        }

        if (reader.ValueTextEquals("sub"u8))
        {
            return _subject is null && TextOf(ref reader, out _subject);
        }

        if (reader.ValueTextEquals("aud"u8))
        {
            // Whatever else it is, it is no audience.
            reader.Read();
            _audience = _audience is null && reader.TokenType is JsonTokenType.String ? reader.GetString() : "";
            return reader.TrySkip();
        }

        if (reader.ValueTextEquals("iat"u8))
        {
            return InstantOf(ref reader, MillisecondsPerSecond, ref _issuedAt);
        }

        if (reader.ValueTextEquals("exp"u8))
        {
            return InstantOf(ref reader, MillisecondsPerSecond, ref _expiresAt);
        }

        if (reader.ValueTextEquals("auth_time"u8))
        {
            return InstantOf(ref reader, MillisecondsPerSecond, ref _authenticatedAt);
        }

        if (reader.ValueTextEquals("created_ms"u8))
        {
            return InstantOf(ref reader, unit: 1, ref _createdAt);
        }

        return ReadOther(ref reader);
    }

    public readonly Passport? ToPassport() =>
        _sid is { Length: > 0 } && _issuedAt is not null && _expiresAt is not null && _authenticatedAt is not null && _createdAt is not null
        && _level is not null && _version is not null
            ? new Passport
            {
                Audience = _audience,
                Sid = _sid,
                UserId = _subject,
                IssuedAt = _issuedAt.Value,
                ExpiresAt = _expiresAt.Value,
                AuthenticatedAt = _authenticatedAt.Value,
                CreatedAt = _createdAt.Value,
                AssuranceLevel = _level.Value,
                Methods = _methods,
                Actor = _actor,
                Claims = _claims,
                Version = _version.Value,
            }
            : null;

    private bool ReadOther(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("acr"u8))
        {
            _level = _level is null && reader.Read() ? LevelOf(ref reader) : null;
            return _level is not null;
        }

        if (reader.ValueTextEquals("amr"u8))
        {
            return _methods is null && TextsOf(ref reader, out _methods);
        }

        if (reader.ValueTextEquals("act"u8))
        {
            _actor = _actor is null && ObjectOf(ref reader) is { } actor ? ActorOf(actor) : null;
            return _actor is not null;
        }

        if (reader.ValueTextEquals("claims"u8))
        {
            _claims = _claims is null ? ObjectOf(ref reader) : null;
            return _claims is not null;
        }

        if (reader.ValueTextEquals("ver"u8))
        {
            var isNew = _version is null;
            _version = reader.Read() && reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var version) ? version : null;
            return isNew && _version is not null;
        }

        // One of later versions of the API, or of the standard, such as iss.
        reader.Read();
        return reader.TrySkip();
    }

    private static bool TextOf(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.Read() && reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }

    private static bool TextsOf(ref Utf8JsonReader reader, out List<string> texts)
    {
        texts = [];
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.String)
        {
            texts.Add(reader.GetString()!); // a string is not null
        }

        return reader.TokenType is JsonTokenType.EndArray;
    }

    private static bool InstantOf(ref Utf8JsonReader reader, long unit, ref DateTimeOffset? instant)
    {
        if (instant is not null || !reader.Read() || reader.TokenType is not JsonTokenType.Number
            || !reader.TryGetInt64(out var number) || number < 0 || number > MaxMilliseconds / unit)
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeMilliseconds(number * unit);
        return true;
    }

    private static AssuranceLevel? LevelOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            return null;
        }

        if (reader.ValueTextEquals("aal1"u8))
        {
            return AssuranceLevel.Aal1;
        }

        if (reader.ValueTextEquals("aal2"u8))
        {
            return AssuranceLevel.Aal2;
        }

        return reader.ValueTextEquals("aal3"u8) ? AssuranceLevel.Aal3 : null;
    }

    private static JsonElement? ObjectOf(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is JsonTokenType.StartObject ? JsonElement.ParseValue(ref reader) : null;

    private static SessionActor? ActorOf(JsonElement actor) =>
        actor.TryGetProperty("sub", out var sub) && sub.ValueKind is JsonValueKind.String
        && actor.TryGetProperty("reason", out var reason) && reason.ValueKind is JsonValueKind.String
            ? new SessionActor { Sub = sub.GetString()!, Reason = reason.GetString()! } // a string is not null
            : null;
}
