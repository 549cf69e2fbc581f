using System.Text.Json;

namespace SessionFunctions.Client;

/// <summary>Data or claims of a session, with their version.</summary>
/// <param name="Value">A JSON object.</param>
/// <param name="ETag">The version, for a conditional write.</param>
public sealed record SessionContent(JsonElement Value, string ETag)
{
    /// <summary>Returns the version, without the content.</summary>
    public override string ToString() => $"{nameof(SessionContent)} {{ {nameof(ETag)} = {ETag} }}";
}
