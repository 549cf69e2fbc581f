using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Faults;
using Support.Time;

namespace SessionClient.Tests.Caching;

/// <summary>What the framework builds on a distributed cache, in applications that swapped only the cache.</summary>
[Collection(nameof(RunningApi))]
public sealed class FrameworkTests(RunningApi api)
{
    // Two instances of an application share the keys of its cookies.
    private static readonly EphemeralDataProtectionProvider DataProtection = new();

    [Fact]
    public async Task ISession_is_kept_over_requests_and_instances()
    {
        await using var first = await StartAsync(api.Address);
        await using var second = await StartAsync(api.Address);
        using var browser = new Browser();

        await browser.GetAsync(first, "/set?name=a&value=1");
        await browser.GetAsync(second, "/set?name=b&value=2");

        Assert.Equal("1", await browser.GetAsync(second, "/get?name=a"));
        Assert.Equal("2", await browser.GetAsync(first, "/get?name=b"));
        Assert.Equal("", await browser.GetAsync(first, "/get?name=c"));
        await browser.GetAsync(first, "/clear");
        Assert.Equal("", await browser.GetAsync(second, "/get?name=a"));
    }

    [Fact]
    public async Task TempData_is_there_for_one_more_request()
    {
        await using var app = await StartAsync(api.Address);
        using var browser = new Browser();

        await browser.GetAsync(app, "/temp/put?text=saved");

        Assert.Equal("saved", await browser.GetAsync(app, "/temp/take"));
        Assert.Equal("", await browser.GetAsync(app, "/temp/take"));
    }

    [Fact]
    public async Task ISession_is_not_available_while_the_api_is_down_and_the_application_is()
    {
        await using var proxy = await api.StartProxyAsync();
        await using var app = await StartAsync(RunningApi.AddressOf(proxy.Port));
        using var browser = new Browser();
        await browser.GetAsync(app, "/set?name=a&value=1");

        proxy.Fate = _ => HttpFault.Answer(503, "Busy", retryAfterSeconds: 60);
        Assert.Equal("unavailable", await browser.GetAsync(app, "/available"));
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync(app, "/get?name=a"));

        proxy.Fate = null;
        Assert.Equal("1", await browser.GetAsync(app, "/get?name=a"));
    }

    [Fact]
    public async Task HybridCache_finds_in_one_instance_what_another_has_made()
    {
        await using var first = Hybrid();
        await using var second = Hybrid();
        var key = TestedCache.NewKey();
        var made = 0;

        var here = await first.GetRequiredService<HybridCache>().GetOrCreateAsync(key, _ => ValueTask.FromResult($"value {Interlocked.Increment(ref made)}"));
        await UntilInCacheAsync(first.GetRequiredService<IDistributedCache>(), key);
        var there = await second.GetRequiredService<HybridCache>().GetOrCreateAsync(key, _ => ValueTask.FromResult($"value {Interlocked.Increment(ref made)}"));
        await second.GetRequiredService<HybridCache>().RemoveAsync(key);
        var anew = await second.GetRequiredService<HybridCache>().GetOrCreateAsync(key, _ => ValueTask.FromResult($"value {Interlocked.Increment(ref made)}"));

        Assert.Equal(("value 1", "value 1", "value 2"), (here, there, anew));
    }

    private static Task UntilInCacheAsync(IDistributedCache cache, string key) => Eventually.TrueAsync(async () => await cache.GetAsync(key) is not null);

    private ServiceProvider Hybrid()
    {
        var services = new ServiceCollection();
        Add(services, api.Address);
        services.AddHybridCache();
        return services.BuildServiceProvider();
    }

    private void Add(IServiceCollection services, Uri address)
    {
        services.AddSessionsClient(options =>
        {
            options.BaseAddress = address;
            options.ServiceKey = api.ServiceKey;
        });
        services.AddSessionsDistributedCache();
    }

    private async Task<WebApplication> StartAsync(Uri address)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        Add(builder.Services, address);
        builder.Services.AddSession();
        builder.Services.AddControllersWithViews().AddSessionStateTempDataProvider().AddApplicationPart(typeof(TempController).Assembly);
        builder.Services.AddSingleton<IDataProtectionProvider>(DataProtection);
        var app = builder.Build();
        app.UseSession();
        app.MapGet("/set", (HttpContext context, string name, string value) => context.Session.SetString(name, value));
        app.MapGet("/clear", (HttpContext context) => context.Session.Clear());
        app.MapGet("/available", (HttpContext context) => context.Session.IsAvailable ? "available" : "unavailable");
        app.MapGet("/get", async (HttpContext context, string name) =>
        {
            await context.Session.LoadAsync();
            return context.Session.GetString(name) ?? "";
        });
        app.MapControllers();
        await app.StartAsync();
        return app;
    }

    /// <summary>Keeps the cookies of 127.0.0.1, whichever port set them.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });

        public async Task<string> GetAsync(WebApplication app, string path)
        {
            using var answer = await _client.GetAsync(new Uri(new Uri(app.Urls.First()), path));
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync();
        }

        public void Dispose() => _client.Dispose();
    }
}

/// <summary>Uses TempData.</summary>
[Route("temp")]
public sealed class TempController : Controller
{
    /// <summary>Keeps a text for the next request.</summary>
    [HttpGet("put")]
    public void Put(string text) => TempData["text"] = text;

    /// <summary>Takes it.</summary>
    [HttpGet("take")]
    public string Take() => TempData["text"] as string ?? "";
}
