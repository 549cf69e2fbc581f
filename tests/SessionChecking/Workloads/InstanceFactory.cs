using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionChecking.Workloads;

/// <summary>Builds instances of the real core, as a host does, over given ports. What has no state of its own is shared by all histories.</summary>
internal static class InstanceFactory
{
    private static readonly ServiceDescriptor[] Core = Compose();

    /// <summary>The keys of every instance.</summary>
    public static KeyRing Keys { get; } = new(Options.Create(RingOptions()));

    private static readonly SessionMetrics Metrics = NewMetrics();

    public static Instance Begin(int number, TimeSpan offset, Ports ports, SessionPolicyOptions policy, CacheOptions cache)
    {
        var services = new ServiceCollection();
        foreach (var service in Core)
        {
            ((ICollection<ServiceDescriptor>)services).Add(service);
        }

        services.AddSingleton(new SessionTables(ports.Sessions, ports.Due));
        services.AddSingleton(ports.Cache);
        services.AddSingleton(ports.Clock);
        services.AddSingleton(Options.Create(policy));
        services.AddSingleton(Options.Create(cache));
        services.AddSingleton(Keys);
        services.AddSingleton(Metrics);
        var provider = services.BuildServiceProvider();
        return new Instance(number, offset, provider.GetRequiredService<SessionService>(), provider);
    }

    private static ServiceDescriptor[] Compose()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSessionCore();
        return [.. services];
    }

    private static KeyRingOptions RingOptions()
    {
        var options = new KeyRingOptions();
        foreach (var key in KeyRing.Random())
        {
            options.Ring.Add(key);
        }

        return options;
    }

    private static SessionMetrics NewMetrics()
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        return new SessionMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
    }
}
