using Azure.Core;
using Microsoft.Extensions.Logging;

namespace SessionCore.Caching.Redis;

/// <summary>Chooses how a connection gets into Redis.</summary>
internal static class RedisLogin
{
    /// <summary>Gets a value indicating whether this build can sign in with Entra ID.</summary>
#if STACKEXCHANGE_REDIS_2
    public static bool SupportsEntraId => true;
#else
    public static bool SupportsEntraId => false;
#endif

    /// <summary>Makes the login for valid options.</summary>
    public static IRedisLogin For(CacheOptions options, Func<TokenCredential> credential, TimeProvider timeProvider, ILogger logger)
    {
        if (string.IsNullOrWhiteSpace(options.Endpoint))
        {
            return new ConnectionStringLogin(options);
        }

#if STACKEXCHANGE_REDIS_2
        return new EntraIdLogin(options, credential(), timeProvider, logger);
#else
        throw new NotSupportedException("StackExchange.Redis 1.2.6 cannot sign in with Entra ID.");
#endif
    }
}
