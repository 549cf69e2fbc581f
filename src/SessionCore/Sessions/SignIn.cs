namespace SessionCore.Sessions;

/// <summary>Who signed in to a session, when and how.</summary>
/// <param name="UserId">The user; null for an anonymous session.</param>
/// <param name="AuthenticatedAt">When the user was authenticated last.</param>
/// <param name="Methods">The authentication methods (RFC 8176); empty when they are not known.</param>
public readonly record struct SignIn(string? UserId, DateTimeOffset AuthenticatedAt, IReadOnlyList<string> Methods);
