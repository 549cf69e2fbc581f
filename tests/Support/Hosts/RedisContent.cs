using System.Globalization;
using System.Text;
using StackExchange.Redis;
using Support.Servers;

namespace Support.Hosts;

/// <summary>Looks at all that a Redis server holds, past every protocol.</summary>
public static class RedisContent
{
    /// <summary>All keys and values as Latin-1 text, so that any bytes can be searched.</summary>
    public static async Task<string> ReadAllAsync(RedisServer server)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        var text = new StringBuilder();
        foreach (var key in connection.GetServer(server.Address).Keys())
        {
            byte[]? value = await connection.GetDatabase().StringGetAsync(key);
            text.Append(Encoding.Latin1.GetString((byte[]?)key ?? [])).Append('=').AppendLine(Encoding.Latin1.GetString(value ?? []));
        }

        return text.ToString();
    }

    /// <summary>The names of the keys that begin with a text.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(RedisServer server, string prefix)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        return [.. connection.GetServer(server.Address).Keys(pattern: prefix + "*").Select(key => key.ToString()).Order(StringComparer.Ordinal)];
    }

    /// <summary>The value of a key; null when there is none.</summary>
    public static async Task<byte[]?> ReadAsync(RedisServer server, string key)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        return await connection.GetDatabase().StringGetAsync(key);
    }

    /// <summary>Puts a value as anybody could who may write to the server.</summary>
    public static async Task WriteAsync(RedisServer server, string key, byte[] value)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await connection.GetDatabase().StringSetAsync(key, value, TimeSpan.FromMinutes(5));
    }

    /// <summary>The number of reads that the server has been sent, each of one key or several.</summary>
    public static Task<long> ReadsAsync(RedisServer server) => CallsAsync(server, "get", "mget");

    /// <summary>How often commands have been called, by clients and by scripts.</summary>
    /// <param name="server">The server.</param>
    /// <param name="commands">Their names, in lower case.</param>
    public static async Task<long> CallsAsync(RedisServer server, params IReadOnlyList<string> commands)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        var statistics = await connection.GetServer(server.Address).InfoAsync("commandstats");
        return statistics.SelectMany(static group => group)
            .Where(command => commands.Contains(command.Key["cmdstat_".Length..]))
            .Sum(static command => long.Parse(command.Value["calls=".Length..command.Value.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
    }

    /// <summary>Removes everything.</summary>
    public static async Task FlushAsync(RedisServer server)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        await connection.GetServer(server.Address).FlushAllDatabasesAsync();
    }
}
