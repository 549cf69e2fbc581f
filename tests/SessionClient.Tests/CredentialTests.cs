using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>Credentials of the service: keys that are replaced, tokens that are kept and renewed.</summary>
[Collection(nameof(RunningApi))]
public sealed class CredentialTests(RunningApi api)
{
    [Fact]
    public async Task A_key_is_replaced_while_the_application_runs()
    {
        var configuration = new ConfigurationManager();
        var section = configuration.GetSection("Sessions");
        section["BaseAddress"] = api.Address.AbsoluteUri;
        section["ServiceKey"] = "ssk_" + new string('x', 40);
        var services = new ServiceCollection();
        services.AddSessionsClient(section);
        await using var provider = services.BuildServiceProvider();
        var sessions = provider.GetRequiredService<SessionsClient>();
        await Assert.ThrowsAsync<SessionsException>(() => sessions.IntrospectAsync("sst_any"));

        section["ServiceKey"] = api.ServiceKey;
        ((IConfigurationRoot)configuration).Reload();

        Assert.False((await sessions.IntrospectAsync("sst_any")).Active);
    }

    [Fact]
    public async Task The_token_of_a_credential_is_kept()
    {
        // The API takes a service key wherever it takes a token of Entra ID.
        var tokens = new Queue<string>([api.ServiceKey]);
        var credential = new FixedCredential(() => new AccessToken(tokens.Dequeue(), TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)));
        await using var client = ClientOf(credential);

        await client.Sessions.IntrospectAsync("sst_any");
        await client.Sessions.IntrospectAsync("sst_any");
        Assert.Equal(1, credential.Asked);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_by_a_new_one_for_the_next_request()
    {
        var tokens = new Queue<string>(["ssk_" + new string('x', 40), api.ServiceKey]);
        var credential = new FixedCredential(() => new AccessToken(tokens.Dequeue(), TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)));
        await using var client = ClientOf(credential);

        await Assert.ThrowsAsync<SessionsException>(() => client.Sessions.IntrospectAsync("sst_any"));
        Assert.False((await client.Sessions.IntrospectAsync("sst_any")).Active);

        Assert.Equal(2, credential.Asked);
    }

    [Fact]
    public async Task A_token_that_ends_soon_is_not_kept()
    {
        var credential = new FixedCredential(() => new AccessToken(api.ServiceKey, TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(4)));
        await using var client = ClientOf(credential);

        await client.Sessions.IntrospectAsync("sst_any");
        await client.Sessions.IntrospectAsync("sst_any");

        Assert.Equal(2, credential.Asked);
    }

    [Fact]
    public async Task A_credential_without_a_token_makes_the_api_unavailable()
    {
        await using var client = ClientOf(new FixedCredential(() => throw new InvalidOperationException("No identity here.")));

        var unavailable = await Assert.ThrowsAsync<SessionsUnavailableException>(() => client.Sessions.IntrospectAsync("sst_any"));

        Assert.IsType<InvalidOperationException>(unavailable.InnerException);
    }

    private TestedClient ClientOf(TokenCredential credential) => new(api.Address, key: null, options => (options.Credential, options.Scope) = (credential, "api://sessions/.default"));
}
