using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Client configuration from <see cref="CacheOptions"/>.</summary>
internal static class RedisConfiguration
{
    // Prepended, so settings of the operator override them. An unreachable server fails commands, not the connection. Nothing
    // subscribes, so the client opens no second connection for subscriptions and needs no tie-breaker key to choose between two
    // primaries. The client checks the role of a server every second: one that it knows as a replica gets no command until the next
    // check.
    private const string Defaults =
        "abortConnect=false,connectTimeout=1000,connectRetry=1,keepAlive=30,name=sessions,tiebreaker=,configCheckSeconds=1,$SUBSCRIBE=";

    // The client runs its checks, also that of the role, at a heartbeat only. With its default heartbeat of one second it would miss
    // every other check.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);

    private const int MinSilenceMs = 1_000;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="FormatException">
    /// The text is malformed. The message does not quote it, because it may contain a password.
    /// </exception>
    public static ConfigurationOptions FromConnectionString(CacheOptions options) => Parse(options, options.ConnectionString);

    /// <summary>Creates the configuration for <see cref="CacheOptions.Endpoint"/>, without credentials.</summary>
    /// <exception cref="FormatException">The endpoint is malformed.</exception>
    public static ConfigurationOptions FromEndpoint(CacheOptions options) => Parse(options, $"{options.Endpoint},ssl=true");

    private static ConfigurationOptions Parse(CacheOptions options, string? text)
    {
        // A connection without any reply during several time-outs and the longest wait for replicas is dead.
        var silence = Math.Max(MinSilenceMs, (int)(4 * (options.OperationTimeout + options.ReplicaAckTimeout)).TotalMilliseconds);
        var all = string.Create(CultureInfo.InvariantCulture, $"{Defaults},responseTimeout={silence},{text}");
        if (!TryParse(all, out var configuration))
        {
            throw new FormatException("is not a connection string of StackExchange.Redis, such as 'host:6380,ssl=true,…'.");
        }

        configuration.AbortOnConnectFail = false;
        // Without a connection a command fails at once; queued, it would only wait for its time-out.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = silence;
        configuration.HeartbeatInterval = Heartbeat;
        // The detail would contain the keys, which identify sessions.
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
            // The client's message quotes the malformed part.
            configuration = null;
            return false;
        }
    }
}
