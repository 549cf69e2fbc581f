using SessionCore.Sessions;

namespace SessionChaos.Histories;

/// <summary>What one transaction did to one session.</summary>
/// <param name="Locator">Which.</param>
/// <param name="Before">What was there.</param>
/// <param name="After">What is there now; null when the row went.</param>
internal sealed record SessionChange(SessionLocator Locator, WrittenState? Before, WrittenState? After);
