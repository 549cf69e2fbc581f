using System.Text.Json;
using KeyTool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using Support.Time;

using SessionApi;
namespace Infra.Tests.Keys;

public sealed class ServiceKeyDrawerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _remarks = new();

    [Fact]
    public async Task The_entry_is_one_that_the_api_accepts()
    {
        await DrawAsync("billing-2", "billing", "sessions.introspect", "sessions.read");

        var entry = Entry();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ServiceKeys:0:Id"] = entry.GetProperty("id").GetString(),
            ["ServiceKeys:0:Client"] = entry.GetProperty("client").GetString(),
            ["ServiceKeys:0:Hash"] = entry.GetProperty("hash").GetString(),
            ["ServiceKeys:0:ExpiresAt"] = entry.GetProperty("expiresAt").GetString(),
            ["ServiceKeys:0:Scopes:0"] = entry.GetProperty("scopes")[0].GetString(),
            ["ServiceKeys:0:Scopes:1"] = entry.GetProperty("scopes")[1].GetString(),
        };
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_time)
            .AddLogging()
            .AddSessionApi()
            .BuildServiceProvider();
        var key = Assert.Single(services.GetRequiredService<IOptions<ServiceKeysOptions>>().Value.Keys);
        Assert.Equal(["sessions.introspect", "sessions.read"], key.Scopes);
    }

    [Fact]
    public async Task The_key_stands_alone_on_the_output()
    {
        await DrawAsync("billing-2", "billing", "sessions.read");

        var key = _output.ToString().Trim();
        Assert.StartsWith("ssk_billing-2_", key, StringComparison.Ordinal);
        Assert.DoesNotContain(key, _remarks.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_scope_is_refused_with_those_there_are()
    {
        var fault = await Assert.ThrowsAsync<KeyToolException>(() => DrawAsync("billing-2", "billing", "sessions.everything"));

        Assert.Contains("sessions.introspect", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task An_id_of_other_characters_is_refused() =>
        await Assert.ThrowsAsync<KeyToolException>(() => DrawAsync("Billing 2", "billing", "sessions.read"));

    public void Dispose()
    {
        _output.Dispose();
        _remarks.Dispose();
    }

    private Task DrawAsync(string id, string client, params string[] scopes) => new ServiceKeyDrawer(_time, _output, _remarks).RunAsync(id, client, scopes);

    private JsonElement Entry()
    {
        var text = _remarks.ToString();
        return JsonDocument.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)]).RootElement;
    }
}
