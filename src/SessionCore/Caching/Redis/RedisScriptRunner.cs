using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Runs a script with a time-out, and once more when the first attempt certainly had no effect.</summary>
internal sealed class RedisScriptRunner(RedisConnection connection, TimeSpan timeout, TimeProvider timeProvider) : IDisposable
{
    private readonly PendingReplies<RedisResult> _replies = new(timeout, timeProvider);

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

    public void Dispose() => _replies.Dispose();

    // The client sends EVALSHA when it knows that the server has the script.
    private ValueTask<RedisResult> SendAsync(
        IDatabase database, string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        _replies.WaitAsync(
            database.ScriptEvaluateAsync(script, keys, values, RedisConnection.Primary), cancellationToken);
}
