using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The end of the session that a request presented.</summary>
public class SignedOutReasonContext : PropertiesContext<SessionsAuthenticationOptions>
{
    /// <summary>Initializes a new instance of the <see cref="SignedOutReasonContext"/> class.</summary>
    public SignedOutReasonContext(
        HttpContext context, AuthenticationScheme scheme, SessionsAuthenticationOptions options, AuthenticationProperties properties, SessionEnd end)
        : base(context, scheme, options, properties)
    {
        End = end;
    }

    /// <summary>Gets why and when it ended.</summary>
    public SessionEnd End { get; }
}
