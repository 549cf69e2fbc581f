namespace SessionCore.Sessions;

/// <summary>What a service asks for with a new token.</summary>
/// <param name="UserId">The user an anonymous session becomes one of; null to leave it as it is.</param>
/// <param name="AssuranceLevel">The level of an authentication that has just taken place; null when there was none.</param>
public sealed record RotationRequest(string? UserId = null, AssuranceLevel? AssuranceLevel = null);
