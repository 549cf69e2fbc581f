using SessionCore.Sessions;

namespace SessionChecking.Passports;

/// <summary>What a back end reads in a passport.</summary>
/// <param name="Session">The session.</param>
/// <param name="CreatedAt">When the session was created.</param>
/// <param name="IssuedAt">When it was issued, in whole seconds.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Version">The version of the session that it tells.</param>
/// <param name="Claims">The claims, JSON.</param>
internal sealed record ModelPassport(SessionId Session, DateTimeOffset CreatedAt, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, long Version, string Claims);
