using Microsoft.Extensions.Options;

namespace SessionApi.Cookies;

[OptionsValidator]
internal sealed partial class SessionCookieOptionsValidator : IValidateOptions<SessionCookieOptions>;
