using System.Text.Json;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>What a passport says that was verified.</summary>
internal sealed record Passport
{
    /// <summary>Gets the audience; null or empty when it is not exactly one text.</summary>
    public string? Audience { get; init; }

    public required string Sid { get; init; }

    public string? UserId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Gets when the session was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required AssuranceLevel AssuranceLevel { get; init; }

    public IReadOnlyList<string>? Methods { get; init; }

    public SessionActor? Actor { get; init; }

    public JsonElement? Claims { get; init; }

    public required long Version { get; init; }

    /// <summary>Returns the id of the session.</summary>
    public override string ToString() => $"{nameof(Passport)} {{ {nameof(Sid)} = {Sid} }}";
}
