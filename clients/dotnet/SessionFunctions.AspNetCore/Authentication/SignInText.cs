using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The words of the API for a sign-in.</summary>
internal static class SignInText
{
    /// <summary>Returns a level by its name.</summary>
    public static AssuranceLevel ParseLevel(string level) => level switch
    {
        "aal1" => AssuranceLevel.Aal1,
        "aal2" => AssuranceLevel.Aal2,
        "aal3" => AssuranceLevel.Aal3,
        _ => throw new ArgumentException($"Unknown assurance level '{level}'. Allowed: aal1, aal2, aal3.", nameof(level)),
    };

    /// <summary>Returns the name of a level.</summary>
    public static string Of(AssuranceLevel level) => level switch
    {
        AssuranceLevel.Aal1 => "aal1",
        AssuranceLevel.Aal2 => "aal2",
        _ => "aal3",
    };
}
