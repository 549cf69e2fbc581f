using Azure.Core;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>
/// Login to Azure Managed Redis with an Entra ID token: the user name is the identity's object id, the password the token. Redis closes
/// a connection whose token has expired, so the connection re-authenticates with a new token before that.
/// </summary>
internal sealed partial class EntraIdLogin(
    CacheOptions options, TokenCredential credential, TimeProvider timeProvider, ILogger logger) : IRedisLogin
{
    private static readonly TokenRequestContext Scope = new(["https://redis.azure.com/.default"]);
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ended = new();
    private DateTimeOffset _renewAt;

    public async Task<ConfigurationOptions> ConfigureAsync()
    {
        var token = await FetchAsync();
        var configuration = RedisConfiguration.FromEndpoint(options);
        configuration.User = EntraIdToken.ObjectIdOf(token);
        configuration.Password = token;
        return configuration;
    }

    public void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration) =>
        _ = RenewAsync(multiplexer, configuration, _ended.Token);

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task<string> FetchAsync()
    {
        using var limit = new CancellationTokenSource(FetchLimit, timeProvider);
        var token = await credential.GetTokenAsync(Scope, limit.Token);
        var latest = token.ExpiresOn - Lead;
        _renewAt = token.RefreshOn is { } early && early < latest ? early : latest;
        return token.Token;
    }

    private async Task RenewAsync(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pause = _renewAt - timeProvider.GetUtcNow();
                await Task.Delay(pause > RetryPause ? pause : RetryPause, timeProvider, cancellationToken);
                await TryRenewAsync(multiplexer, configuration);
            }
        }
        catch (OperationCanceledException)
        {
            // The cache has been disposed.
        }
    }

    private async Task TryRenewAsync(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration)
    {
        try
        {
            var token = await FetchAsync();
            configuration.Password = token;
            foreach (var endpoint in multiplexer.GetEndPoints())
            {
                await multiplexer.GetServer(endpoint).ExecuteAsync("AUTH", EntraIdToken.ObjectIdOf(token), token);
            }
        }
        catch (Exception e) when (!_ended.IsCancellationRequested)
        {
            // Any failure: the old token is still valid for a while, and the loop tries again.
            LogNotRenewed(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(3301, LogLevel.Warning, "The token for Redis could not be renewed ({Reason}); the next try is in half a minute")]
    private static partial void LogNotRenewed(ILogger logger, string reason);
}
