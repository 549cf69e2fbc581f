using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Runs a script with a deadline, and a second time where the first certainly did nothing.</summary>
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
            // The server has forgotten the script, so it ran nothing. The client knows that now and sends the text again.
            return await SendAsync(database, script, keys, values, cancellationToken);
        }
    }

    public static bool IsUnknownScript(RedisServerException e) => e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);

    public void Dispose() => _replies.Dispose();

    // The client sends EVALSHA where it knows that the server has the script.
    private ValueTask<RedisResult> SendAsync(
        IDatabase database, string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        _replies.WaitAsync(
            database.ScriptEvaluateAsync(script, keys, values, RedisConnection.Primary), cancellationToken);
}
