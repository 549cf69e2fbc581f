using System.Text;
using SessionTesting.Servers;
using StackExchange.Redis;

namespace SessionTesting.Hosts;

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

    /// <summary>Removes everything.</summary>
    public static async Task FlushAsync(RedisServer server)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        await connection.GetServer(server.Address).FlushAllDatabasesAsync();
    }
}
