using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.Client;
using Support;

namespace SessionAspNetCore.Tests.Hosting;

/// <summary>An application with authentication by sessions, and pages that tell what the tests ask.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
        Client = app.Services.GetRequiredService<SessionsClient>();
    }

    /// <summary>Gets what it logged.</summary>
    public CapturedLog Log { get; }

    /// <summary>Gets the client of the API that it uses.</summary>
    public SessionsClient Client { get; }

    /// <summary>Gets its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Gets where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Returns the id of a user that no other test has.</summary>
    public static string NewUser() => "user-" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>Starts one.</summary>
    /// <param name="api">The API.</param>
    /// <param name="configure">Options of the scheme.</param>
    /// <param name="services">Further services.</param>
    /// <param name="first">Middleware before all else.</param>
    /// <param name="map">Further endpoints.</param>
    /// <param name="client">Options of the client.</param>
    public static async Task<TestApp> StartAsync(
        ApiServer api,
        Action<SessionsAuthenticationOptions>? configure = null,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? first = null,
        Action<WebApplication>? map = null,
        Action<SessionsClientOptions>? client = null)
    {
        var builder = NewBuilder(api, out var log, client);
        builder.Services.AddAuthentication(SessionsDefaults.AuthenticationScheme).AddSessions(configure);
        builder.Services.AddAuthorization();
        services?.Invoke(builder);
        return await StartAsync(builder, log, first, map);
    }

    /// <summary>Starts what a builder has.</summary>
    public static async Task<TestApp> StartAsync(WebApplicationBuilder builder, CapturedLog log, Action<WebApplication>? first, Action<WebApplication>? map)
    {
        var app = builder.Build();
        first?.Invoke(app);
        app.UseAuthentication();
        app.UseAuthorization();
        Map(app);
        map?.Invoke(app);
        await app.StartAsync();
        return new TestApp(app, log);
    }

    /// <summary>Returns a builder of an application that knows the API and keeps its log.</summary>
    public static WebApplicationBuilder NewBuilder(ApiServer api, out CapturedLog log, Action<SessionsClientOptions>? client = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        log = new CapturedLog();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSessionsClient(options =>
        {
            options.BaseAddress = api.Address;
            options.ServiceKey = api.ServiceKey;
            client?.Invoke(options);
        });
        return builder;
    }

    /// <summary>Opens a browser.</summary>
    public Browser Browse() => new(Address);

    /// <summary>Opens a browser and signs a user in.</summary>
    public async Task<Browser> SignedInAsync(string user, string query = "")
    {
        var browser = Browse();
        using var answer = await browser.PostAsync($"/sign-in?user={user}{query}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return browser;
    }

    /// <summary>Lists the live sessions of a user, past the application.</summary>
    public async Task<IReadOnlyList<Session>> SessionsOfAsync(string user, SessionState? state = SessionState.Live)
    {
        var all = new List<Session>();
        await foreach (var session in Client.ListAsync(user, new SessionListOptions { State = state, Consistency = ReadConsistency.Strong }))
        {
            all.Add(session);
        }

        return all;
    }

    /// <summary>Returns the principal that the tests sign in.</summary>
    public static ClaimsPrincipal Principal(string user) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user),
            new Claim(ClaimTypes.Name, "Alice"),
            new Claim(ClaimTypes.Role, "editor"),
            new Claim(ClaimTypes.Role, "admin"),
        ],
        authenticationType: "password"));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(WebApplication app)
    {
        app.MapPost("/sign-in", SignInAsync);
        app.MapGet("/sign-out", static context => context.SignOutAsync());
        app.MapGet("/who", WhoAsync);
        app.MapGet("/open", static (HttpContext context) => context.Response.WriteAsync("open"));
        app.MapGet("/protected", static (HttpContext context) => context.Response.WriteAsync("protected")).RequireAuthorization();
        app.MapGet("/admins", static (HttpContext context) => context.Response.WriteAsync("admins")).RequireAuthorization(policy => policy.RequireRole("owner"));
    }

    private static async Task SignInAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var properties = new AuthenticationProperties { IsPersistent = query.ContainsKey("persistent") };
        if (query["seconds"] is [{ } seconds])
        {
            properties.ExpiresUtc = TimeProvider.System.GetUtcNow().AddSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        }

        if (query["level"] is [{ } level])
        {
            properties.SetAssuranceLevel(level);
        }

        if (query["methods"] is [{ } methods])
        {
            properties.SetAuthenticationMethods(methods.Split(' '));
        }

        await context.SignInAsync(Principal(query["user"]!), properties);
    }

    private static async Task WhoAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync();
        var session = await context.GetSessionAsync();
        await context.Response.WriteAsJsonAsync(new
        {
            name = context.User.Identity?.Name,
            isAuthenticated = context.User.Identity?.IsAuthenticated is true,
            claims = context.User.Claims.Select(static claim => $"{claim.Type}={claim.Value}"),
            items = result.Properties?.Items,
            sid = session?.Sid,
        });
    }
}
