namespace SessionCore.Sessions;

/// <summary>Authentication assurance level (NIST SP 800-63B-4 section 2). Only services can raise it.</summary>
public enum AssuranceLevel
{
    /// <summary>Some assurance; text form <c>aal1</c>.</summary>
    Aal1 = 1,

    /// <summary>High confidence, two factors; text form <c>aal2</c>.</summary>
    Aal2 = 2,

    /// <summary>Very high confidence, a hardware-bound key; text form <c>aal3</c>.</summary>
    Aal3 = 3,
}
