using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SessionFunctions.Client;

/// <summary>What changes together with the token of a session.</summary>
public sealed record Rotation
{
    /// <summary>Gets the user whose session an anonymous one becomes, under a new id; null to leave it.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the level of an authentication that has just taken place; it restarts both limits. Null for none.</summary>
    public AssuranceLevel? AssuranceLevel { get; init; }

    /// <summary>Gets the claims that replace those of the session; null keeps them.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>Gets the methods that replace those of the session; null keeps them, an empty list removes them.</summary>
    public IReadOnlyList<string>? AuthenticationMethods { get; init; }

    /// <summary>Gets a value indicating whether the user is remembered from this sign-in on. Only with a user or a level.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Persistent { get; init; }

    /// <summary>Returns the name of the type: the members may hold secrets of the application.</summary>
    public override string ToString() => nameof(Rotation);
}
