namespace Dev;

/// <summary>The arguments of a command are not understood.</summary>
/// <param name="message">Which, and what would be.</param>
public sealed class UsageException(string message) : Exception(message);
