using Azure.Core;
using Microsoft.Extensions.Logging;

namespace SessionCore.Caching.Redis;

/// <summary>Factory of logins.</summary>
internal static class RedisLogin
{
    /// <summary>Returns the login for valid options.</summary>
    public static IRedisLogin For(CacheOptions options, Func<TokenCredential> credential, TimeProvider timeProvider, ILogger logger)
    {
        if (string.IsNullOrWhiteSpace(options.Endpoint))
        {
            return new ConnectionStringLogin(options);
        }

        return new EntraIdLogin(options, credential(), timeProvider, logger);
    }
}
