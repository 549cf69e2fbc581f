namespace SessionFunctions.Client;

/// <summary>Why and when a session ended.</summary>
/// <param name="Reason">The reason, in kebab-case, such as <c>signed-out</c>.</param>
/// <param name="At">When it ended; null when the API did not say.</param>
public sealed record SessionEnd(string Reason, DateTimeOffset? At);
