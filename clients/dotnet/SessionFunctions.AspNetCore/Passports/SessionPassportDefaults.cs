namespace SessionFunctions.AspNetCore.Passports;

/// <summary>Defaults of authentication by passports.</summary>
public static class SessionPassportDefaults
{
    /// <summary>The name of the scheme.</summary>
    public const string AuthenticationScheme = "SessionPassport";
}
