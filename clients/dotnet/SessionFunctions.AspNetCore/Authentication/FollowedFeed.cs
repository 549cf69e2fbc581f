using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Starts to follow the endings with the application, so that the first request finds a feed that is complete.</summary>
/// <param name="services">The services of the application.</param>
/// <param name="maxAge">Returns the age up to which the feed is used; null when it is not used.</param>
internal sealed class FollowedFeed(IServiceProvider services, Func<IServiceProvider, TimeSpan?> maxAge) : IHostedService
{
    /// <summary>Registers the feed, and follows it where it is used.</summary>
    public static void Register(IServiceCollection services, Func<IServiceProvider, TimeSpan?> maxAge)
    {
        services.TryAddSingleton(static provider => new EndingsFeed(
            provider.GetRequiredService<SessionsClient>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EndingsFeed>>()));
        services.AddSingleton<IHostedService>(provider => new FollowedFeed(provider, maxAge));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (maxAge(services) is { } age)
        {
            services.GetRequiredService<EndingsFeed>().Follow(age);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
