namespace SessionCore.Sessions;

/// <summary>How strongly the user was authenticated (NIST SP 800-63B-4 section 2). Raised by a service only, never by the user.</summary>
public enum AssuranceLevel
{
    /// <summary>Some assurance; text form <c>aal1</c>.</summary>
    Aal1 = 1,

    /// <summary>High confidence, two factors; text form <c>aal2</c>.</summary>
    Aal2 = 2,

    /// <summary>Very high confidence, a hardware-bound key; text form <c>aal3</c>.</summary>
    Aal3 = 3,
}
