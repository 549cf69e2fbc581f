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

    public async Task<PassportResult> VerifyAsync(string passport) =>
        await _services.GetRequiredService<PassportVerifier>().VerifyAsync(passport, _options, CancellationToken.None);

    public void Dispose() => _services.Dispose();
}
