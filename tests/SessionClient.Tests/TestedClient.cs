using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.Client;
using Support;

namespace SessionClient.Tests;

/// <summary>A client as an application registers it, with everything that was logged meanwhile.</summary>
internal sealed class TestedClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CapturedLog _log = new();

    /// <summary>Makes one.</summary>
    /// <param name="address">The address with the base path.</param>
    /// <param name="key">The service key.</param>
    /// <param name="configure">More options.</param>
    /// <param name="api">What answers in place of the address; null for what listens there.</param>
    /// <param name="timeProvider">The clock; null for that of the system.</param>
    public TestedClient(Uri address, string? key, Action<SessionsClientOptions>? configure = null, HttpMessageHandler? api = null, TimeProvider? timeProvider = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        var http = services.AddSessionsClient(options =>
        {
            options.BaseAddress = address;
            options.ServiceKey = key;
            configure?.Invoke(options);
        });
        if (api is not null)
        {
            http.ConfigurePrimaryHttpMessageHandler(() => api);
        }

        _services = services.BuildServiceProvider();
        Sessions = _services.GetRequiredService<SessionsClient>();
    }

    /// <summary>Gets the client.</summary>
    public SessionsClient Sessions { get; }

    /// <summary>Gets the lines that were logged, at any level and by anyone.</summary>
    public IReadOnlyCollection<string> Lines => _log.Lines;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
