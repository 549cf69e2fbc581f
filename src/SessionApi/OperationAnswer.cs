namespace SessionApi;

/// <summary>A good answer of an operation.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Summary">When it is given.</param>
/// <param name="Schema">The name of its body's schema; null when it has no body.</param>
public sealed record OperationAnswer(int Status, string Summary, string? Schema = null);
