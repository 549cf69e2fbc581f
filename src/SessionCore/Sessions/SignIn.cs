namespace SessionCore.Sessions;

/// <summary>Who signed in to a session, and when.</summary>
/// <param name="UserId">The user; null for an anonymous session.</param>
/// <param name="AuthenticatedAt">When the user was authenticated last.</param>
public readonly record struct SignIn(string? UserId, DateTimeOffset AuthenticatedAt);
