using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Completes the options as cookie authentication does.</summary>
internal sealed class SessionsPostConfiguration : IPostConfigureOptions<SessionsAuthenticationOptions>
{
    public void PostConfigure(string? name, SessionsAuthenticationOptions options)
    {
        if (string.IsNullOrEmpty(options.Cookie.Name))
        {
            var takesPrefix = options.Cookie is { Path: "/", Domain: null, SecurePolicy: CookieSecurePolicy.Always };
            var cookie = takesPrefix ? SessionsDefaults.CookieName : SessionsDefaults.UnprefixedCookieName;
            options.Cookie.Name = name is null or SessionsDefaults.AuthenticationScheme ? cookie : $"{cookie}-{Uri.EscapeDataString(name)}";
        }

        options.CookieManager ??= new ChunkingCookieManager();
        options.LoginPath = options.LoginPath.HasValue ? options.LoginPath : CookieAuthenticationDefaults.LoginPath;
        options.LogoutPath = options.LogoutPath.HasValue ? options.LogoutPath : CookieAuthenticationDefaults.LogoutPath;
        options.AccessDeniedPath = options.AccessDeniedPath.HasValue ? options.AccessDeniedPath : CookieAuthenticationDefaults.AccessDeniedPath;
    }
}
