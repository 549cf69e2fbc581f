using System.Net;
using SessionAspNetCore.Tests.Hosting;

namespace SessionAspNetCore.Tests.Authentication;

/// <summary>Mobile apps: the token in the header Authorization.</summary>
[Collection(nameof(ApiServer))]
public sealed class BearerTests(ApiServer api)
{
    [Fact]
    public async Task A_token_in_the_header_is_ignored_unless_it_is_accepted()
    {
        await using var app = await TestApp.StartAsync(api);
        using var mobile = await MobileAsync(app);

        using var answer = await mobile.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_header_is_accepted_and_comes_before_the_cookie()
    {
        await using var app = await TestApp.StartAsync(api, options => options.AcceptBearer = true);
        using var mobile = await MobileAsync(app);
        using var cookie = await app.SignedInAsync(TestApp.NewUser());
        mobile.Cookies["__Host-session"] = cookie.Token!;

        using var answer = await mobile.GetAsync("/protected");
        var fromHeader = await mobile.JsonAsync("/who");
        var fromCookie = await cookie.JsonAsync("/who");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(fromCookie.GetProperty("sid").GetString(), fromHeader.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task An_app_is_never_redirected()
    {
        await using var app = await TestApp.StartAsync(api, options => options.AcceptBearer = true);
        using var mobile = await MobileAsync(app);
        using var forbidden = await mobile.GetAsync("/admins");
        using var signedOut = await mobile.GetAsync("/sign-out");

        using var answer = await mobile.GetAsync("/protected");

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
    }

    private static async Task<Browser> MobileAsync(TestApp app)
    {
        using var signedIn = await app.SignedInAsync(TestApp.NewUser());
        var mobile = app.Browse();
        mobile.Headers["Authorization"] = "Bearer " + signedIn.Token;
        return mobile;
    }
}
