namespace SessionCore.Sessions;

/// <summary>A requested value that the policy does not allow. Contains nothing of the request.</summary>
/// <param name="Member">The name of the member of the request.</param>
/// <param name="Detail">What is allowed, a sentence that names the member.</param>
/// <param name="Maximum">The largest allowed value; null for a value that has no order.</param>
public sealed record PolicyFault(string Member, string Detail, long? Maximum = null);
