using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The session of a request, for code that runs after the authentication.</summary>
internal sealed class SessionFeature
{
    /// <summary>Gets or sets the session; null after a sign-out.</summary>
    public Session? Session { get; set; }

    /// <summary>Gets or sets the passport of the session; null when none was issued.</summary>
    public IssuedPassport? Passport { get; set; }

    /// <summary>Gets or sets what the sign-in of the user lacks for the endpoint; null when nothing was found missing.</summary>
    public SignInRequirement? Insufficient { get; set; }
}
