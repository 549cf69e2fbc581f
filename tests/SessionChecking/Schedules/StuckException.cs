namespace SessionChecking.Schedules;

/// <summary>A history that does not come to its end.</summary>
public sealed class StuckException(string message) : Exception(message);
