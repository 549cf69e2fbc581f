using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using SessionFunctions.AspNetCore.Authentication;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>Options of authentication by passports.</summary>
public sealed class SessionPassportOptions : AuthenticationSchemeOptions
{
    /// <summary>Gets or sets the issuer: <c>Passports:Issuer</c> of the API, compared exactly.</summary>
    public string? Issuer { get; set; }

    /// <summary>Gets or sets the audience of this application, compared exactly.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Gets or sets within which time an end holds. When the feed of endings is older, the API is asked for the session of each passport, and when
    /// that fails too, the answer is 503. Default 5 seconds; 1 second to 1 minute.
    /// </summary>
    public TimeSpan MaxFeedAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets a value indicating whether a passport is accepted until it ends, for at most ten minutes, while neither feed nor API answers.
    /// A passport of an ended session is accepted then. False by default: the answer is 503.
    /// </summary>
    public bool AcceptUntilExpiryWhenUnavailable { get; set; }

    /// <summary>
    /// Gets or sets what is written when it is not known whether a passport is valid. Status 503 and <c>Retry-After</c> are set. By default a line
    /// of text.
    /// </summary>
    public Func<HttpContext, Task> OnUnavailable { get; set; } = UnavailableAnswer.WriteTextAsync;

    /// <summary>Gets or sets what the library checks; made by <see cref="SessionPassportPostConfiguration"/>.</summary>
    internal TokenValidationParameters Parameters { get; set; } = new();
}
