using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Result of the writes of a revocation to the table, before its tombstones are written.</summary>
/// <param name="Answer">The answer without its effective time.</param>
/// <param name="Ended">The sessions whose tombstones decide that time.</param>
/// <param name="UnconfirmedUntil">The effective time of omitted ends.</param>
internal readonly record struct RevocationTurn(Revocation Answer, IReadOnlyList<EndedSession> Ended, DateTimeOffset? UnconfirmedUntil = null);
