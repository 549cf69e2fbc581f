using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client.Passports;

/// <summary>A passport: a signed token of a session for the back ends of one audience, valid for minutes.</summary>
public sealed record IssuedPassport
{
    /// <summary>Gets the passport, a bearer secret: never log it.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the audience that it is for.</summary>
    public required string Audience { get; init; }

    /// <summary>Gets its end, by the clock of the API.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the time left when the API answered. Independent of the clock of the caller.</summary>
    [JsonPropertyName("expiresInSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan ExpiresIn { get; init; }

    /// <summary>Returns audience and end, without the passport.</summary>
    public override string ToString() => $"{nameof(IssuedPassport)} {{ {nameof(Audience)} = {Audience}, {nameof(ExpiresAt)} = {ExpiresAt:O} }}";
}
