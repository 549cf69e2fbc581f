using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.AspNetCore.Authentication;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>The options of the scheme.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_cookie_authentication_with_a_cookie_that_is_always_secure()
    {
        var options = Get(static _ => { });

        Assert.Equal("__Host-session", options.Cookie.Name);
        Assert.Equal(("/Account/Login", "/Account/Logout", "/Account/AccessDenied"), (options.LoginPath.Value, options.LogoutPath.Value, options.AccessDeniedPath.Value));
        Assert.Equal("ReturnUrl", options.ReturnUrlParameter);
        Assert.True(options is { SlidingExpiration: true, AcceptBearer: false, AnonymousWhenUnavailable: false });
        Assert.Equal(TimeSpan.Zero, options.ExpireTimeSpan);
    }

    [Fact]
    public void A_cookie_that_browsers_would_refuse_under_the_prefix_has_none()
    {
        Assert.Equal("session", Get(static options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest).Cookie.Name);
        Assert.Equal("session", Get(static options => options.Cookie.Path = "/app").Cookie.Name);
        Assert.Equal("session", Get(static options => options.Cookie.Domain = "example.com").Cookie.Name);
        Assert.Equal("mine", Get(static options => options.Cookie.Name = "mine").Cookie.Name);
        Assert.Equal("__Host-session-a%20b", Get(static _ => { }, "a b").Cookie.Name);
    }

    [Fact]
    public void What_would_have_no_effect_is_refused_with_what_to_do()
    {
        Assert.Contains("use ExpireTimeSpan", Refusal(static options => options.Cookie.Expiration = TimeSpan.FromDays(1)), StringComparison.Ordinal);
        Assert.Contains("AddSessionsTicketStore", Refusal(static options => options.SessionStore = new NoStore()), StringComparison.Ordinal);
        Assert.Contains("must not be negative", Refusal(static options => options.ExpireTimeSpan = TimeSpan.FromSeconds(-1)), StringComparison.Ordinal);
        Assert.Contains("another scheme", Refusal(static options => options.FallbackScheme = "Sessions"), StringComparison.Ordinal);
    }

    private static string Refusal(Action<SessionsAuthenticationOptions> configure) => Assert.Throws<OptionsValidationException>(() => Get(configure)).Message;

    private static SessionsAuthenticationOptions Get(Action<SessionsAuthenticationOptions> configure, string scheme = SessionsDefaults.AuthenticationScheme)
    {
        var services = new ServiceCollection();
        services.AddAuthentication().AddSessions(scheme, configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<SessionsAuthenticationOptions>>().Get(scheme);
    }

    private sealed class NoStore : ITicketStore
    {
        public Task<string> StoreAsync(Microsoft.AspNetCore.Authentication.AuthenticationTicket ticket) => Task.FromResult("");

        public Task RenewAsync(string key, Microsoft.AspNetCore.Authentication.AuthenticationTicket ticket) => Task.CompletedTask;

        public Task<Microsoft.AspNetCore.Authentication.AuthenticationTicket?> RetrieveAsync(string key) =>
            Task.FromResult<Microsoft.AspNetCore.Authentication.AuthenticationTicket?>(null);

        public Task RemoveAsync(string key) => Task.CompletedTask;
    }
}
