using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Runs a script with a deadline, and a second time where the first certainly did nothing.</summary>
internal sealed class RedisScriptRunner(RedisConnection connection, TimeSpan timeout, TimeProvider timeProvider)
{
    public async ValueTask<RedisResult> RunAsync(
        string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var database = await connection.OpenAsync(timeout, cancellationToken);
        try
        {
            return await SendAsync(database, script, keys, values, cancellationToken);
        }
        catch (RedisServerException e) when (IsUnknownScript(e))
        {
            // NOSCRIPT: the server ran nothing. The client has noticed and sends the text of the script this time.
            return await SendAsync(database, script, keys, values, cancellationToken);
        }
    }

    public static bool IsUnknownScript(RedisServerException e) => e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);

    // The client sends EVALSHA where it knows that the server has the script.
    private Task<RedisResult> SendAsync(
        IDatabase database, string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        database.ScriptEvaluateAsync(script, keys, values, RedisConnection.Primary).WaitAsync(timeout, timeProvider, cancellationToken);
}
