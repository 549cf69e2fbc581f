using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Turns <see cref="CacheOptions"/> into the client's configuration.</summary>
internal static class RedisConfiguration
{
    // They stand before the operator's own words, which win. A server that is not there fails commands, not the connection;
    // nothing here subscribes, so the second connection that the client opens for it is left out, and so is the key by
    // which it chooses between two primaries. The role of a server is asked for every second: a server that was seen as a replica
    // takes no command until it has been asked again.
    private const string Defaults =
        "abortConnect=false,connectTimeout=1000,connectRetry=1,keepAlive=30,name=sessions,tiebreaker=,configCheckSeconds=1,$SUBSCRIBE=";

    // The client looks at its seconds, that of the role too, at each heartbeat only; at its own pace of a second every other is missed.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);

    private const int MinSilenceMs = 1_000;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="FormatException">It cannot be read. The message holds nothing of it: it may contain a password.</exception>
    public static ConfigurationOptions FromConnectionString(CacheOptions options) => Parse(options, options.ConnectionString);

    /// <summary>Makes the configuration for <see cref="CacheOptions.Endpoint"/>; who enters it is still to be set.</summary>
    /// <exception cref="FormatException">The endpoint cannot be read.</exception>
    public static ConfigurationOptions FromEndpoint(CacheOptions options) => Parse(options, $"{options.Endpoint},ssl=true");

    private static ConfigurationOptions Parse(CacheOptions options, string? text)
    {
        // No reply at all, for several deadlines and the longest wait for replicas, means that the connection is dead.
        var silence = Math.Max(MinSilenceMs, (int)(4 * (options.OperationTimeout + options.ReplicaAckTimeout)).TotalMilliseconds);
        var all = string.Create(CultureInfo.InvariantCulture, $"{Defaults},responseTimeout={silence},{text}");
        if (!TryParse(all, out var configuration))
        {
            throw new FormatException("is not a connection string of StackExchange.Redis, such as 'host:6380,ssl=true,…'.");
        }

        configuration.AbortOnConnectFail = false;
        // Without a connection a command fails at once; queued, it would only wait for its deadline.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = silence;
        configuration.HeartbeatInterval = Heartbeat;
        // Detail would be the keys, which name sessions.
        configuration.IncludeDetailInExceptions = false;
        return configuration.EndPoints.Count > 0 ? configuration : throw new FormatException("names no server.");
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out ConfigurationOptions? configuration)
    {
        try
        {
            configuration = ConfigurationOptions.Parse(text);
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
