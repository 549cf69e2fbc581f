using System.Text.Json.Serialization;

namespace SessionFunctions.Client;

/// <summary>A member of a request that the API refused.</summary>
/// <param name="Location">Where it is in the body, as a JSON pointer such as <c>#/idleTimeoutSeconds</c>; null when it is not in the body.</param>
/// <param name="Detail">What is allowed.</param>
/// <param name="Maximum">The largest value that is allowed now; null when the API did not say.</param>
public sealed record RequestError([property: JsonPropertyName("pointer")] string? Location, string? Detail, long? Maximum);
