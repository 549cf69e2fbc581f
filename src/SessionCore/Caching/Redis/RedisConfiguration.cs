using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Turns <see cref="CacheOptions"/> into the client's configuration.</summary>
internal static class RedisConfiguration
{
    // They stand before the operator's own words, which win. A server that is not there fails commands, not the connection; a
    // dead connection is given up after a second without any answer; nothing here subscribes, so the second connection that
    // the client opens for it is left out, and so is the key it looks for to choose between two primaries.
    private const string Defaults = "abortConnect=false,connectTimeout=1000,connectRetry=1,keepAlive=30,name=sessions,tiebreaker=,$SUBSCRIBE=";

    private const int MinResponseTimeoutMs = 1_000;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="FormatException">It cannot be read. The message holds nothing of it: it may contain a password.</exception>
    public static ConfigurationOptions Parse(CacheOptions options)
    {
        if (!TryParse(options, out var configuration))
        {
            throw new FormatException("It is not a connection string of StackExchange.Redis, such as 'host:6380,ssl=true,…'.");
        }

        return configuration.EndPoints.Count > 0 ? configuration : throw new FormatException("It names no server.");
    }

    private static bool TryParse(CacheOptions options, [NotNullWhen(true)] out ConfigurationOptions? configuration)
    {
        try
        {
            // No reply at all, for several deadlines and the longest wait for replicas, means that the connection is dead.
            var silence = Math.Max(MinResponseTimeoutMs, (int)(4 * (options.OperationTimeout + options.ReplicaAckTimeout)).TotalMilliseconds);
            configuration = ConfigurationOptions.Parse(string.Create(
                CultureInfo.InvariantCulture, $"{Defaults},responseTimeout={silence},{options.ConnectionString}"));
            configuration.AbortOnConnectFail = false;
            return true;
        }
        catch (ArgumentException)
        {
            // Its message quotes the part that could not be read.
            configuration = null;
            return false;
        }
    }
}
