using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;
using Support;
using Support.Time;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>An application over an API that a test plays, by a clock that the test moves.</summary>
internal sealed class PassportApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private PassportApp(WebApplication app, FakeSessions api, ManualTimeProvider clock, CapturedLog log)
    {
        _app = app;
        Api = api;
        Clock = clock;
        Log = log;
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeSessions Api { get; }

    public ManualTimeProvider Clock { get; }

    public CapturedLog Log { get; }

    public EndingsFeed Feed => _app.Services.GetRequiredService<EndingsFeed>();

    /// <summary>Starts one.</summary>
    /// <param name="authentication">Adds its scheme, which is the default one.</param>
    /// <param name="scheme">The name of the scheme.</param>
    public static async Task<PassportApp> StartAsync(string scheme, Action<Microsoft.AspNetCore.Authentication.AuthenticationBuilder> authentication)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        var log = new CapturedLog();
        var clock = new ManualTimeProvider(PassportVectors.Now);
        var api = new FakeSessions { Keys = PassportVectors.Keys, Page = PassportVectors.Feed };
        api.Now = clock.GetUtcNow;
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<SessionsClient>(api);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSessionsClient(static options => (options.BaseAddress, options.ServiceKey) = (new Uri("http://127.0.0.1:9/api"), "ssk_unused"));
        authentication(builder.Services.AddAuthentication(scheme));
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/open", static () => "open");
        app.MapGet("/protected", static (HttpContext context) => context.User.Identity?.Name ?? context.User.FindFirst("sid")?.Value ?? "somebody").RequireAuthorization();
        app.MapGet("/who", static async (HttpContext context) =>
        {
            var session = await context.GetSessionAsync();
            return Results.Json(new { session?.Sid, session?.UserId, seconds = session?.ExpiresIn.TotalSeconds, claims = context.User.Claims.Select(static claim => $"{claim.Type}={claim.Value}") });
        }).RequireAuthorization();
        app.MapGet("/strong", static () => "strong").RequireSignIn(TimeSpan.FromHours(1), "aal2");
        app.MapGet("/passport", static async (HttpContext context) => (await context.GetPassportAsync())?.Token ?? "none");
        app.MapGet("/sign-out", static (HttpContext context) => Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.SignOutAsync(context));
        app.MapGet("/step-up", static async (HttpContext context) => (await context.StepUpAsync("aal2")).Sid);
        await app.StartAsync();
        return new PassportApp(app, api, clock, log);
    }

    /// <summary>Requests a page with a bearer, or with the cookie of a token.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string? bearer = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"__Host-session={cookie}");
        }

        return await _client.SendAsync(request);
    }

    /// <summary>Lets the feed read what the API tells now.</summary>
    public async Task PollAsync()
    {
        try
        {
            await Feed.PollAsync(CancellationToken.None);
        }
        catch (SessionsUnavailableException)
        {
            // A feed that fails knows what it knew.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
