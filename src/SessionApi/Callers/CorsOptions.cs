using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionApi.Callers;

/// <summary>Which web pages of other origins may call (the fetch standard's CORS protocol). Bound from <see cref="SectionName"/>.</summary>
public sealed class CorsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Cors";

    /// <summary>Stands for every origin.</summary>
    public const string AnyOrigin = "*";

    /// <summary>Gets the origins, each exactly as browsers send it: scheme, host in lower case, port unless it is the scheme's own.</summary>
    /// <value>Default none: no page of another origin may call. <c>*</c> is refused in cookie mode.</value>
    public IList<string> Origins { get; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Origins.Count; i++)
        {
            if (Origins[i] != AnyOrigin && !IsOrigin(Origins[i]))
            {
                yield return new ValidationResult($"Cors:Origins:{i} must be an origin such as https://app.example.com, without a path.");
            }
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetLeftPart(UriPartial.Authority) == text
        && uri.UserInfo.Length == 0;
}

[OptionsValidator]
internal sealed partial class CorsOptionsValidator : IValidateOptions<CorsOptions>;

// With credentials allowed for any origin, every page on the web could act as its visitor.
internal sealed class CorsOptionsCookieRule(IOptions<SessionCookieOptions> cookies) : IValidateOptions<CorsOptions>
{
    public ValidateOptionsResult Validate(string? name, CorsOptions options)
    {
        try
        {
            return cookies.Value.Enabled && options.Origins.Contains(CorsOptions.AnyOrigin)
                ? ValidateOptionsResult.Fail("Cors:Origins may not be '*' while Cookies:Enabled is true; list each origin.")
                : ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            // Faults in the cookie options are reported by their own validator.
            return ValidateOptionsResult.Skip;
        }
    }
}
