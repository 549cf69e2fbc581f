namespace SessionChecking.Schedules;

/// <summary>A history that does not come to its end.</summary>
internal sealed class StuckException(string message) : Exception(message);
