using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionApi.Callers;
using SessionServer.OperatorConsole;

namespace SessionServer.Tests;

/// <summary>The one-time code with which a developer signs in to the console.</summary>
public sealed class DevelopmentSignInTests : IAsyncDisposable
{
    private const string Code = "0123456789012345678901234567890123456789012";

    private readonly HttpClient _client = new();
    private WebApplication? _app;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_code_is_exchanged_for_the_operators_key_once()
    {
        var key = await StartAsync("Development");

        using var first = await ExchangeAsync(Code);
        using var second = await ExchangeAsync(Code);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("no-store", first.Headers.CacheControl!.ToString());
        using var answer = JsonDocument.Parse(await first.Content.ReadAsStringAsync());
        Assert.Equal(key, answer.RootElement.GetProperty("credential").GetString());
        Assert.True(answer.RootElement.GetProperty("expiresAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.DoesNotContain(key, await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"wrong"}""", "application/json")]
    [InlineData("""{"code":1}""", "application/json")]
    [InlineData("""[]""", "application/json")]
    [InlineData("""{""", "application/json")]
    [InlineData($$"""{"code":"{{Code}}"}""", "text/plain")]
    public async Task Anything_else_is_403_and_leaves_the_code_good(string body, string type)
    {
        await StartAsync("Development");

        using var refused = await SendAsync(body, type);
        using var accepted = await ExchangeAsync(Code);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Outside_Development_there_is_none()
    {
        var key = await StartAsync("Production");

        using var answer = await ExchangeAsync(Code);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, answer.StatusCode.ToString());
        Assert.DoesNotContain(key, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> StartAsync(string environment)
    {
        var key = ServiceKey.New("dev-operator");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [DevelopmentSignIn.SectionName + ":Code"] = Code,
            [DevelopmentSignIn.SectionName + ":Credential"] = key.Reveal(),
        });
        builder.Services.Configure<ServiceKeysOptions>(options => options.Keys.Add(new ServiceKeyEntry { Id = key.Id, ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }));
        _app = builder.Build();
        DevelopmentSignIn.Map(_app);
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
        return key.Reveal();
    }

    private Task<HttpResponseMessage> ExchangeAsync(string code) => SendAsync($$"""{"code":"{{code}}"}""", "application/json");

    private async Task<HttpResponseMessage> SendAsync(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await _client.PostAsync(new Uri("/console/sign-in", UriKind.Relative), content);
    }
}
