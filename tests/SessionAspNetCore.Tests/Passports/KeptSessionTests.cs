using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>AddSessions with Validation = Passport: one request in a minute asks the API, and ends hold within seconds.</summary>
public sealed class KeptSessionTests
{
    private const string Token = "sst_A";
    private const string Sid = "ses_A";

    [Fact]
    public async Task A_session_is_asked_for_once_and_its_time_left_runs_on()
    {
        await using var app = await StartAsync();

        Assert.Equal(3600, await SecondsAsync(app));
        app.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(3596, await SecondsAsync(app));

        Assert.Equal(1, app.Api.Introspections);
        Assert.Equal("shop", app.Api.LastOptions?.PassportAudience);
    }

    [Fact]
    public async Task The_passport_is_there_to_call_other_back_ends()
    {
        await using var app = await StartAsync();

        using var answer = await app.GetAsync("/passport", cookie: Token);
        using var anonymous = await app.GetAsync("/passport");

        Assert.Equal("ey.of." + Sid, await answer.Content.ReadAsStringAsync());
        Assert.Equal("none", await anonymous.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_end_holds_as_soon_as_the_feed_tells_it()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));
        app.Api.Live.Clear();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));

        app.Api.Page = PassportVectors.Feed with { Endings = [(Sid, TimeSpan.Zero)] };
        await app.PollAsync();

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(app));
    }

    [Fact]
    public async Task An_end_that_the_api_does_not_confirm_yet_holds_too()
    {
        await using var app = await StartAsync();
        app.Api.Page = PassportVectors.Feed with { Endings = [(Sid, TimeSpan.Zero)] };
        await app.PollAsync();

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(app));
    }

    [Fact]
    public async Task With_an_old_feed_every_request_asks()
    {
        await using var app = await StartAsync();
        await StatusAsync(app);
        app.Api.Page = null;
        app.Clock.Advance(TimeSpan.FromSeconds(6));

        await StatusAsync(app);
        app.Api.Live.Clear();
        var ended = await StatusAsync(app);

        Assert.Equal((3, HttpStatusCode.Redirect), (app.Api.Introspections, ended));
    }

    [Fact]
    public async Task What_was_validated_before_the_log_began_is_asked_for_again_and_kept_then()
    {
        await using var app = await StartAsync();
        await StatusAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        app.Api.Page = PassportVectors.Feed with { HeldSince = PassportVectors.Now.AddSeconds(5) };
        await app.PollAsync();

        await StatusAsync(app);
        await StatusAsync(app);

        Assert.Equal(2, app.Api.Introspections);
    }

    [Fact]
    public async Task With_feed_and_api_down_the_answer_is_503()
    {
        await using var app = await StartAsync();
        await StatusAsync(app);
        app.Api.Page = null;
        app.Api.IsDown = true;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));

        app.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(app));
    }

    [Fact]
    public async Task An_option_accepts_until_the_passport_ends_and_not_longer()
    {
        await using var app = await StartAsync(static options => options.AcceptUntilExpiryWhenUnavailable = true);
        await StatusAsync(app);
        app.Api.Page = null;
        app.Api.IsDown = true;
        app.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));

        app.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(app));
    }

    [Fact]
    public async Task Activity_after_half_of_the_life_renews_once_without_making_anybody_wait()
    {
        await using var app = await StartAsync();
        await StatusAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(61));
        await app.PollAsync();
        var renewal = new TaskCompletionSource();
        app.Api.Meanwhile = () => renewal.Task;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));
        Assert.Equal(2, app.Api.Introspections);
        Assert.True(app.Api.LastOptions?.Touch);
        renewal.SetResult();
        app.Api.Meanwhile = static () => Task.CompletedTask;
        await RenewedAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        await app.PollAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app));
    }

    [Fact]
    public async Task A_sign_out_holds_at_once_where_it_was_made_also_against_a_renewal_under_way()
    {
        await using var app = await StartAsync();
        await StatusAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(61));
        await app.PollAsync();
        var renewal = new TaskCompletionSource();
        app.Api.Meanwhile = () => renewal.Task;
        await StatusAsync(app);
        app.Api.Meanwhile = static () => Task.CompletedTask;

        using var signedOut = await app.GetAsync("/sign-out", cookie: Token);
        renewal.SetResult();
        await Task.Yield();

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(app));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(app));
    }

    [Fact]
    public async Task A_token_that_was_replaced_here_is_refused_at_once()
    {
        await using var app = await StartAsync();
        await StatusAsync(app);

        using var steppedUp = await app.GetAsync("/step-up", cookie: Token);

        Assert.Equal(HttpStatusCode.OK, steppedUp.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(app));
        using var renewed = await app.GetAsync("/protected", cookie: Token + "-rotated");
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
    }

    [Fact]
    public async Task Facts_that_are_kept_grow_old()
    {
        await using var app = await StartAsync();
        app.Api.Live[Token] = SessionNow() with { AssuranceLevel = AssuranceLevel.Aal2, AuthenticatedAt = PassportVectors.Now.AddSeconds(-3598) };
        using var first = await app.GetAsync("/strong", cookie: Token);
        app.Clock.Advance(TimeSpan.FromSeconds(3));
        using var second = await app.GetAsync("/strong", cookie: Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
        Assert.Equal(1, app.Api.Introspections);
    }

    [Fact]
    public async Task Without_an_audience_it_does_not_start()
    {
        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => StartAsync(static options => options.PassportAudience = null));

        Assert.Contains("PassportAudience is missing", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(PassportApp app)
    {
        using var answer = await app.GetAsync("/protected", cookie: Token);
        return answer.StatusCode;
    }

    private static async Task<double> SecondsAsync(PassportApp app)
    {
        using var answer = await app.GetAsync("/who", cookie: Token);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seconds").GetDouble();
    }

    // The renewal ends on a thread of its own: the time left, which is told anew, shows it.
    private static async Task RenewedAsync(PassportApp app)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await SecondsAsync(app) < 3600)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Session SessionNow() => new()
    {
        Sid = Sid,
        UserId = "alice",
        State = SessionState.Live,
        CreatedAt = PassportVectors.Now.AddMinutes(-5),
        AbsoluteExpiresAt = PassportVectors.Now.AddHours(1),
        ExpiresIn = TimeSpan.FromHours(1),
        IdleExpiresIn = TimeSpan.FromMinutes(30),
        AssuranceLevel = AssuranceLevel.Aal1,
        AuthenticatedAt = PassportVectors.Now.AddMinutes(-5),
    };

    private static async Task<PassportApp> StartAsync(Action<SessionsAuthenticationOptions>? configure = null)
    {
        var app = await PassportApp.StartAsync("Sessions", authentication => authentication.AddSessions(options =>
        {
            options.Validation = SessionValidation.Passport;
            options.PassportAudience = "shop";
            configure?.Invoke(options);
        }));
        app.Api.Live[Token] = SessionNow();
        await app.PollAsync();
        return app;
    }
}
