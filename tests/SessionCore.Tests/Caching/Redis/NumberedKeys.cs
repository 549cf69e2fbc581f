using System.Globalization;
using System.Text;
using StackExchange.Redis;
using Support.Servers;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Keys with a value each, on a real server.</summary>
internal static class NumberedKeys
{
    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"k{number}");

    public static string Value(int number) => string.Create(CultureInfo.InvariantCulture, $"V of {number}");

    public static string? TextOf(byte[]? value) => value is null ? null : Encoding.UTF8.GetString(value);

    /// <summary>Connects, and sets the values of the keys from 0 on.</summary>
    public static async Task<ConnectionMultiplexer> SeedAsync(RedisServer server, int keys, string prefix = "")
    {
        var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        await client.GetDatabase().StringSetAsync(
            [.. Enumerable.Range(0, keys).Select(number => KeyValuePair.Create((RedisKey)(prefix + Key(number)), (RedisValue)Value(number)))]);
        return client;
    }

    /// <summary>Counts the calls of a command from now on.</summary>
    public static Task ResetCallsAsync(ConnectionMultiplexer client) => client.GetDatabase().ExecuteAsync("CONFIG", "RESETSTAT");

    public static async Task<long> CallsAsync(ConnectionMultiplexer client, string command) =>
        RedisStatistics.CallsOf(command, (string?)await client.GetDatabase().ExecuteAsync("INFO", "commandstats"));
}
