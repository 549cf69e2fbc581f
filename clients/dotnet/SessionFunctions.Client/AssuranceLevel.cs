using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>Authenticator assurance level (NIST SP 800-63B): how the user was authenticated.</summary>
[JsonConverter(typeof(AssuranceLevelConverter))]
public enum AssuranceLevel
{
    /// <summary>One factor; <c>aal1</c>.</summary>
    Aal1 = 1,

    /// <summary>Two factors; <c>aal2</c>.</summary>
    Aal2 = 2,

    /// <summary>A hardware authenticator that resists phishing; <c>aal3</c>.</summary>
    Aal3 = 3,
}
