using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>How an application configures the client, and what it is told when that is wrong.</summary>
public sealed class RegistrationTests
{
    private const string Address = "http://localhost:7071/api";
    private const string Key = "ssk_key";

    public static TheoryData<string, Action<SessionsClientOptions>, string?> Options => new()
    {
        { "defaults", _ => { }, null },
        { "https", options => options.BaseAddress = new Uri("https://sessions.example/api/"), null },
        { "no address", options => options.BaseAddress = null, "SESSIONS_URL" },
        { "relative address", options => options.BaseAddress = new Uri("api", UriKind.Relative), "absolute http or https" },
        { "other scheme", options => options.BaseAddress = new Uri("ftp://localhost/api"), "absolute http or https" },
        { "query", options => options.BaseAddress = new Uri(Address + "?code=1"), "no query" },
        { "no key", options => options.ServiceKey = null, "SESSIONS_KEY" },
        { "no service key", options => options.ServiceKey = "sst_token", "must begin with ssk_" },
        { "key with a line end", options => options.ServiceKey = Key + "\n", "must begin with ssk_" },
        { "key and credential", options => (options.Credential, options.Scope) = (new FixedCredential(), "api://x/.default"), "exclude each other" },
        { "credential", options => (options.ServiceKey, options.Credential, options.Scope) = (null, new FixedCredential(), "api://x/.default"), null },
        { "credential without scope", options => (options.ServiceKey, options.Credential) = (null, new FixedCredential()), "Scope is missing" },
        { "shortest timeout", options => options.Timeout = TimeSpan.FromMilliseconds(100), null },
        { "too short timeout", options => options.Timeout = TimeSpan.FromMilliseconds(99), "Timeout must be" },
        { "longest timeout", options => options.Timeout = TimeSpan.FromMinutes(5), null },
        { "too long timeout", options => options.Timeout = TimeSpan.FromMinutes(6), "Timeout must be" },
        { "no retries", options => options.MaxRetries = 0, null },
        { "most retries", options => options.MaxRetries = 5, null },
        { "too many retries", options => options.MaxRetries = 6, "MaxRetries must be" },
        { "negative retries", options => options.MaxRetries = -1, "MaxRetries must be" },
        { "shortest break", options => options.BreakDuration = TimeSpan.FromSeconds(0.5), null },
        { "too short break", options => options.BreakDuration = TimeSpan.FromSeconds(0.4), "BreakDuration must be" },
        { "too long break", options => options.BreakDuration = TimeSpan.FromMinutes(6), "BreakDuration must be" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Options_are_checked_at_start_and_no_message_repeats_the_key(string name, Action<SessionsClientOptions> change, string? fault)
    {
        using var provider = Provider(services => services.AddSessionsClient(options =>
        {
            options.BaseAddress = new Uri(Address);
            options.ServiceKey = Key;
            change(options);
        }));
        var start = provider.GetRequiredService<IStartupValidator>();

        if (fault is null)
        {
            start.Validate();
            Assert.NotNull(provider.GetRequiredService<SessionsClient>());
            return;
        }

        var refusal = Assert.Throws<OptionsValidationException>(start.Validate);
        Assert.True(refusal.Message.Contains(fault, StringComparison.Ordinal), $"{name}: {refusal.Message}");
        Assert.DoesNotContain("ssk_key", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sst_token", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_the_configuration_are_enough()
    {
        using var provider = Provider(services => services.AddSessionsClient(), ("SESSIONS_URL", Address), ("SESSIONS_KEY", Key));

        var options = provider.GetRequiredService<IOptions<SessionsClientOptions>>().Value;

        Assert.Equal((Address, Key), (options.BaseAddress?.OriginalString, options.ServiceKey));
    }

    [Fact]
    public void A_section_sets_what_it_names_and_wins_over_the_variables()
    {
        using var provider = Provider(
            (services, configuration) => services.AddSessionsClient(configuration.GetSection("Sessions")),
            ("SESSIONS_URL", "http://other/api"),
            ("SESSIONS_KEY", Key),
            ("Sessions:BaseAddress", Address),
            ("Sessions:Timeout", "00:00:05"),
            ("Sessions:MaxRetries", "1"));

        var options = provider.GetRequiredService<IOptions<SessionsClientOptions>>().Value;

        Assert.Equal((Address, Key), (options.BaseAddress?.OriginalString, options.ServiceKey));
        Assert.Equal((TimeSpan.FromSeconds(5), 1, TimeSpan.FromSeconds(2)), (options.Timeout, options.MaxRetries, options.BreakDuration));
    }

    [Theory]
    [InlineData("Timeout", "soon", "Timeout")]
    [InlineData("MaxRetries", "few", "MaxRetries")]
    [InlineData("BaseAddress", "not an address", "BaseAddress")]
    public void A_value_that_cannot_be_read_is_named(string name, string value, string told)
    {
        using var provider = Provider(
            (services, configuration) => services.AddSessionsClient(configuration.GetSection("Sessions")), ("SESSIONS_URL", Address), ("SESSIONS_KEY", Key), ("Sessions:" + name, value));

        var refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SessionsClientOptions>>().Value);

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_the_client_twice_adds_it_once()
    {
        var services = new ServiceCollection();

        services.AddSessionsClient();
        services.AddSessionsClient(options => options.MaxRetries = 1);

        Assert.Single(services, service => service.ServiceType == typeof(SessionsClient));
        using var provider = services.BuildServiceProvider();
        var handlers = provider.GetRequiredService<IOptionsMonitor<Microsoft.Extensions.Http.HttpClientFactoryOptions>>().Get("SessionFunctions.Client");
        var once = new ServiceCollection();
        once.AddSessionsClient();
        using var other = once.BuildServiceProvider();
        Assert.Equal(
            other.GetRequiredService<IOptionsMonitor<Microsoft.Extensions.Http.HttpClientFactoryOptions>>().Get("SessionFunctions.Client").HttpMessageHandlerBuilderActions.Count,
            handlers.HttpMessageHandlerBuilderActions.Count);
    }

    [Fact]
    public async Task The_members_can_be_mocked()
    {
        var mock = new Mocked();

        Assert.Equal(7, await mock.CountAsync("alice"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => mock.GetAsync("ses_any"));
        Assert.Throws<InvalidOperationException>(() => { _ = mock.Keyed; });
    }

    private static ServiceProvider Provider(Action<IServiceCollection> add, params (string Name, string Value)[] settings) =>
        Provider((services, _) => add(services), settings);

    private static ServiceProvider Provider(Action<IServiceCollection, IConfiguration> add, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        add(services, configuration);
        return services.BuildServiceProvider();
    }

    private sealed class Mocked : SessionsClient
    {
        public override Task<long> CountAsync(string userId, CancellationToken cancellationToken = default) => Task.FromResult(7L);
    }
}

/// <summary>A credential that counts how often it is asked.</summary>
internal sealed class FixedCredential(Func<AccessToken>? next = null) : TokenCredential
{
    private int _asked;

    /// <summary>Gets how often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return next?.Invoke() ?? new AccessToken("token", TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}
