using Microsoft.Extensions.Options;
using SessionApi.Cookies;

namespace SessionApi.Cors;

// Any origin with credentials would let every page on the web act as its visitor.
internal sealed class CorsOptionsCookieRule(IOptions<SessionCookieOptions> cookies) : IValidateOptions<CorsOptions>
{
    public ValidateOptionsResult Validate(string? name, CorsOptions options)
    {
        try
        {
            return cookies.Value.Enabled && options.Origins.Contains(CorsOptions.AnyOrigin)
                ? ValidateOptionsResult.Fail("Cors:Origins has '*' while Cookies:Enabled is true; name each origin.")
                : ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            // What is wrong with the cookies' options is told once, as their own fault.
            return ValidateOptionsResult.Skip;
        }
    }
}
