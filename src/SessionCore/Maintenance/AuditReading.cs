namespace SessionCore.Maintenance;

/// <summary>Result of the verification of a chain.</summary>
/// <param name="Chains">1; 0 when the partition has none.</param>
/// <param name="Links">The links that exist.</param>
/// <param name="Findings">What is wrong; none when the chain is intact.</param>
internal sealed record AuditReading(int Chains, int Links, IReadOnlyList<AuditFinding> Findings);

/// <summary>Finding of a verification.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Number">The number of the record in its chain, of the newest of several; 0 for the head.</param>
/// <param name="Count">How many records.</param>
public sealed record AuditFinding(AuditFault Fault, long Number, long Count);

/// <summary>Kind of a finding.</summary>
public enum AuditFault
{
    /// <summary>A record does not verify: changed, copied, or written without a key.</summary>
    Altered,

    /// <summary>A record is gone.</summary>
    Missing,

    /// <summary>A record verifies, but the chain does not lead to it.</summary>
    Apart,

    /// <summary>The head is gone or does not verify, so the newest records may be gone as well.</summary>
    Head,
}
