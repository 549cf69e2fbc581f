using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.AspNetCore.Passports;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;
using Support.Time;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>A verifier as an application registers it, over an API that a test plays, at the instant of the vectors.</summary>
internal sealed class TestedVerifier : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly SessionPassportOptions _options;

    public TestedVerifier(Action<SessionPassportOptions>? configure = null)
    {
        Api.Keys = PassportVectors.Keys;
        Api.Page = PassportVectors.Feed;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<SessionsClient>(Api);
        services.AddAuthentication().AddSessionPassports(options =>
        {
            options.Issuer = PassportVectors.Issuer;
            options.Audience = PassportVectors.Audience;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        _options = _services.GetRequiredService<IOptionsMonitor<SessionPassportOptions>>().Get(SessionPassportDefaults.AuthenticationScheme);
        Feed = _services.GetRequiredService<EndingsFeed>();
    }

    public FakeSessions Api { get; } = new();

    public ManualTimeProvider Clock { get; } = new(PassportVectors.Now);

    public EndingsFeed Feed { get; }

    public Task PollAsync() => Feed.PollAsync(CancellationToken.None);

    public async Task<PassportResult> VerifyAsync(string passport, SessionPassportOptions? options = null) =>
        await _services.GetRequiredService<PassportVerifier>().VerifyAsync(passport, options ?? _options, CancellationToken.None);

    /// <summary>What was read in a passport that was verified before.</summary>
    public Passport? FindKept(string passport, SessionPassportOptions? options = null) =>
        _services.GetRequiredService<VerifiedPassports>().Find(passport, (options ?? _options).Parameters);

    /// <summary>Options as those of another scheme of the same application.</summary>
    public SessionPassportOptions OptionsWith(string audience, string issuer)
    {
        var options = new SessionPassportOptions { Audience = audience, Issuer = issuer };
        foreach (var configuration in _services.GetServices<IPostConfigureOptions<SessionPassportOptions>>())
        {
            configuration.PostConfigure("other", options);
        }

        return options;
    }

    public void Dispose() => _services.Dispose();
}
