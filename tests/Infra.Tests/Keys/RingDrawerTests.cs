using System.Net;
using System.Security.Cryptography;
using KeyTool;

namespace Infra.Tests.Keys;

public sealed class RingDrawerTests : IDisposable
{
    private readonly FakeResourceManager _azure = new();
    private readonly StringWriter _output = new();
    private readonly HttpClient _http;

    public RingDrawerTests() => _http = new HttpClient(_azure);

    [Fact]
    public async Task A_missing_entry_is_drawn_and_the_app_reads_it()
    {
        await RunAsync("session-key-1", "session-key-2");

        Assert.Equal(32, Convert.FromBase64String(_azure.Entries["session-key-1"]).Length);
        Assert.NotEqual(_azure.Entries["session-key-1"], _azure.Entries["session-key-2"]);
        Assert.Equal($"POST {FakeResourceManager.App}/config/configreferences/appsettings/refresh", _azure.Requests[^1]);
    }

    [Fact]
    public async Task A_missing_key_of_passports_is_drawn_as_the_api_takes_it()
    {
        _azure.Entries.Add("session-key-1", "first");
        _azure.Entries.Add("passport-key-1", "kept");

        await new RingDrawer(new ResourceManager(_http, new FixedCredential()), _output).RunAsync(
            new RingTask(FakeResourceManager.Vault, FakeResourceManager.App, ["session-key-1"], ["passport-key-1", "passport-key-2"]), CancellationToken.None);

        Assert.Equal("kept", _azure.Entries["passport-key-1"]);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(_azure.Entries["passport-key-2"]), out _);
        Assert.Equal(256, key.KeySize);
        Assert.DoesNotContain(_azure.Entries["passport-key-2"], _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_of_passports_need_not_be_named() =>
        Assert.Empty(RingTask.FromEnvironment(name => name == "SESSION_PASSPORT_RING_NAMES" ? null : "x").PassportNames);

    [Fact]
    public async Task An_entry_that_is_there_is_never_touched()
    {
        _azure.Entries.Add("session-key-1", "first");
        _azure.Entries.Add("session-key-2", "second");
        _azure.Entries.Add("session-key-3", "third");

        await RunAsync("session-key-3", "SESSION-KEY-2", "session-key-1");

        Assert.Equal(["first", "second", "third"], _azure.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value));
        Assert.All(_azure.Requests, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Nothing_is_drawn_when_the_vault_cannot_be_seen(HttpStatusCode status)
    {
        _azure.ListFails = status;

        await Assert.ThrowsAsync<KeyToolException>(() => RunAsync("session-key-1"));

        Assert.Empty(_azure.Entries);
        Assert.Single(_azure.Requests);
    }

    [Fact]
    public async Task A_deleted_entry_is_to_be_recovered_and_not_drawn_anew()
    {
        _azure.AddFails = HttpStatusCode.Conflict;

        var fault = await Assert.ThrowsAsync<KeyToolException>(() => RunAsync("session-key-1"));

        Assert.Contains("az keyvault secret recover", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_follows_no_link_to_another_host()
    {
        _azure.Entries.Add("session-key-1", "first");
        _azure.Entries.Add("session-key-2", "second");
        _azure.NextPage = "https://management.azure.com.example.net/page=";

        await Assert.ThrowsAsync<KeyToolException>(() => RunAsync("session-key-3"));

        Assert.Single(_azure.Requests);
    }

    [Fact]
    public async Task No_key_is_printed()
    {
        await RunAsync("session-key-1");

        Assert.Contains("session-key-1: created", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_azure.Entries["session-key-1"], _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SESSION_VAULT_ID")]
    [InlineData("SESSION_APP_ID")]
    [InlineData("SESSION_RING_NAMES")]
    public void A_missing_variable_is_named(string missing)
    {
        var fault = Assert.Throws<KeyToolException>(() => RingTask.FromEnvironment(name => name == missing ? "" : "x"));

        Assert.Contains(missing, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _http.Dispose();
        _azure.Dispose();
        _output.Dispose();
    }

    private Task RunAsync(params string[] names) =>
        new RingDrawer(new ResourceManager(_http, new FixedCredential()), _output)
            .RunAsync(new RingTask(FakeResourceManager.Vault, FakeResourceManager.App, names, PassportNames: []), CancellationToken.None);
}
