using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.AspNetCore.Caching;
using SessionFunctions.Client;
using Support;

namespace SessionClient.Tests.Caching;

/// <summary>A cache as an application registers it, and the client that it uses.</summary>
internal sealed class TestedCache : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CapturedLog _log = new();

    /// <summary>Makes one.</summary>
    public TestedCache(Uri address, string key, Action<SessionsDistributedCacheOptions>? configure = null, TimeProvider? timeProvider = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
        services.AddSessionsClient(options =>
        {
            options.BaseAddress = address;
            options.ServiceKey = key;
        });
        services.AddSessionsDistributedCache(configure);
        _services = services.BuildServiceProvider();
        Cache = (IBufferDistributedCache)_services.GetRequiredService<IDistributedCache>();
        Keyed = _services.GetRequiredService<SessionsClient>().Keyed;
    }

    /// <summary>Gets the cache.</summary>
    public IBufferDistributedCache Cache { get; }

    /// <summary>Gets the sessions that it uses.</summary>
    public KeyedSessionsClient Keyed { get; }

    /// <summary>Gets the lines that were logged.</summary>
    public IReadOnlyCollection<string> Lines => _log.Lines;

    /// <summary>A key that no other test has.</summary>
    public static string NewKey() => $"entry-{Guid.CreateVersion7():N}";

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
