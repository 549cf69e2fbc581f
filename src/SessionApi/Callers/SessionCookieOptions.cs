using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Cookie mode: browsers hold the session token in a cookie that scripts cannot read. Bound from <see cref="SectionName"/>.</summary>
public sealed class SessionCookieOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Cookies";

    /// <summary>Gets or sets a value indicating whether the cookie is accepted as a credential.</summary>
    /// <value>Default false: cookies are ignored.</value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets the SameSite attribute of the cookie.</summary>
    /// <value>Default <see cref="CookieSameSite.Lax"/>.</value>
    [EnumDataType(typeof(CookieSameSite))]
    public CookieSameSite SameSite { get; set; } = CookieSameSite.Lax;

    /// <summary>Gets or sets a value indicating whether the cookie outlives the browser, until the session's absolute end.</summary>
    /// <value>Default false: it ends with the browser (NIST SP 800-63B-4 section 5.1), unless the session is persistent.</value>
    public bool Persistent { get; set; }
}

/// <summary>SameSite attribute: when browsers send the session cookie with requests that another site initiates.</summary>
public enum CookieSameSite
{
    /// <summary>With top-level navigation by GET.</summary>
    Lax,

    /// <summary>Never.</summary>
    Strict,
}

[OptionsValidator]
internal sealed partial class SessionCookieOptionsValidator : IValidateOptions<SessionCookieOptions>;
