using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.AspNetCore.Passports;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>A back end that gets passports.</summary>
public sealed class SessionPassportTests
{
    [Fact]
    public async Task A_passport_signs_in_with_user_claims_and_session()
    {
        await using var app = await StartAsync();

        using var answer = await app.GetAsync("/who", bearer: PassportVectors.PassportOf("a user with all claims"));

        var who = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var claims = who.GetProperty("claims").EnumerateArray().Select(static claim => claim.GetString()).ToList();
        Assert.Equal("alice", who.GetProperty("userId").GetString());
        Assert.Equal(60, who.GetProperty("seconds").GetDouble(), tolerance: 1);
        Assert.Contains("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier=alice", claims);
        Assert.Contains("http://schemas.microsoft.com/ws/2008/06/identity/claims/role=admin", claims);
        Assert.Contains("sid=" + who.GetProperty("sid").GetString(), claims);
    }

    [Fact]
    public async Task Anything_else_is_401_with_a_challenge_and_no_reason()
    {
        await using var app = await StartAsync();

        using var none = await app.GetAsync("/protected");
        using var forged = await app.GetAsync("/protected", bearer: PassportVectors.PassportOf("alg none"));
        using var token = await app.GetAsync("/protected", bearer: PassportVectors.PassportOf("a session token"));
        using var ended = await app.GetAsync("/protected", bearer: PassportVectors.PassportOf("an ended session"));

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (none.StatusCode, none.Headers.WwwAuthenticate.ToString()));
        Assert.All([forged, token, ended], static answer =>
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\""), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString())));
    }

    [Fact]
    public async Task What_cannot_be_known_is_503_everywhere_and_never_401()
    {
        await using var app = await StartAsync();
        app.Api.Page = null;
        app.Api.IsDown = true;
        app.Clock.Advance(TimeSpan.FromSeconds(6));

        using var needed = await app.GetAsync("/protected", bearer: PassportVectors.PassportOf("a user"));
        using var open = await app.GetAsync("/open", bearer: PassportVectors.PassportOf("a user"));
        using var without = await app.GetAsync("/open");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (needed.StatusCode, open.StatusCode, without.StatusCode));
        Assert.NotNull(needed.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_sign_in_that_does_not_suffice_is_challenged()
    {
        await using var app = await StartAsync();

        using var weak = await app.GetAsync("/strong", bearer: PassportVectors.PassportOf("a user"));
        using var strong = await app.GetAsync("/strong", bearer: PassportVectors.PassportOf("a user with all claims"));

        Assert.Equal(HttpStatusCode.Unauthorized, weak.StatusCode);
        Assert.Contains("insufficient_user_authentication", weak.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, strong.StatusCode);
    }

    [Fact]
    public async Task Nothing_logs_a_passport()
    {
        await using var app = await StartAsync();
        var passports = new[] { PassportVectors.PassportOf("a user"), PassportVectors.PassportOf("signed by another key"), PassportVectors.PassportOf("ended this second") };

        foreach (var passport in passports)
        {
            using var answer = await app.GetAsync("/who", bearer: passport);
        }

        Assert.Contains(9340, app.Log.Ids);
        Assert.All(passports, passport => Assert.DoesNotContain(passport.Split('.')[1], app.Log.AllText, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_that_would_verify_nothing_are_refused_with_what_to_do()
    {
        Assert.Contains("Passports:Issuer", Refusal(static options => options.Audience = "orders"), StringComparison.Ordinal);
        Assert.Contains("Passports:Audiences", Refusal(static options => options.Issuer = "https://a"), StringComparison.Ordinal);
        Assert.Contains("1 second to 1 minute", Refusal(static options => (options.Issuer, options.Audience, options.MaxFeedAge) = ("a", "b", TimeSpan.FromMinutes(2))), StringComparison.Ordinal);
    }

    private static string Refusal(Action<SessionPassportOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddAuthentication().AddSessionPassports(configure);
        services.AddSingleton<SessionFunctions.Client.SessionsClient>(new FakeSessions());
        using var provider = services.BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptionsMonitor<SessionPassportOptions>>().Get(SessionPassportDefaults.AuthenticationScheme)).Message;
    }

    private static async Task<PassportApp> StartAsync()
    {
        var app = await PassportApp.StartAsync(
            SessionPassportDefaults.AuthenticationScheme,
            static authentication => authentication.AddSessionPassports(static options => (options.Issuer, options.Audience) = (PassportVectors.Issuer, PassportVectors.Audience)));
        await app.PollAsync();
        return app;
    }
}
