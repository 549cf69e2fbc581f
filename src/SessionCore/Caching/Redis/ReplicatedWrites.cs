using System.Security.Cryptography;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Runs a script and waits for replicas (WAIT), on a connection of its own because WAIT blocks all later commands.</summary>
/// <remarks>
/// WAIT covers the writes of its own connection. Its answer is meaningless after a reconnect, perhaps to a server without the write. So
/// each connection gets a unique client name; if the name is unchanged after WAIT, script and WAIT used the same connection. In a
/// sharded cluster, commands without a key may reach another node; then no write is ever confirmed.
/// </remarks>
internal sealed class ReplicatedWrites(
    Func<CancellationToken, ValueTask<IDatabase>> open, CacheOptions options, TimeProvider timeProvider) : IDisposable
{
    private readonly TimeSpan _timeout = options.OperationTimeout + options.ReplicaAckTimeout;
    private readonly SemaphoreSlim _naming = new(1, 1);
    private string? _name;

    /// <summary>Runs a script that may be run twice.</summary>
    /// <returns>Whether enough replicas have the write.</returns>
    public async ValueTask<bool> RunAsync(
        string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        // The first attempt may find that the connection or the script was lost since the last call; the second succeeds then.
        return await RunOnceAsync(script, keys, values, cancellationToken)
            ?? await RunOnceAsync(script, keys, values, cancellationToken)
            ?? false;
    }

    public void Dispose() => _naming.Dispose();

    private async ValueTask<bool?> RunOnceAsync(
        string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var database = await open(cancellationToken);
        var name = Volatile.Read(ref _name) ?? await GiveNameAsync(database, cancellationToken);

        // All three are sent before the first is awaited: one round trip.
        var written = database.ScriptEvaluateAsync(script, keys, values, RedisConnection.Primary);
        var replicated = SendAsync(
            database, "WAIT", options.ReplicaAcks, (long)Math.Ceiling(options.ReplicaAckTimeout.TotalMilliseconds));
        var named = SendAsync(database, "CLIENT", "GETNAME");
        try
        {
            await WaitAsync(written, cancellationToken);
            var acks = (long)await WaitAsync(replicated, cancellationToken);
            if (string.Equals((string?)await WaitAsync(named, cancellationToken), name, StringComparison.Ordinal))
            {
                return acks >= options.ReplicaAcks;
            }

            Interlocked.CompareExchange(ref _name, null, name);
            return null;
        }
        catch (RedisServerException e) when (RedisScriptRunner.IsUnknownScript(e))
        {
            return null;
        }
        finally
        {
            Observe(replicated);
            Observe(named);
        }
    }

    private async ValueTask<string> GiveNameAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await _naming.WaitAsync(cancellationToken);
        try
        {
            if (_name is { } present)
            {
                return present;
            }

            var name = "sessions-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            await WaitAsync(SendAsync(database, "CLIENT", "SETNAME", name), cancellationToken);
            Volatile.Write(ref _name, name);
            return name;
        }
        finally
        {
            _naming.Release();
        }
    }

    private Task<RedisResult> WaitAsync(Task<RedisResult> reply, CancellationToken cancellationToken) =>
        reply.WaitAsync(_timeout, timeProvider, cancellationToken);

    private static Task<RedisResult> SendAsync(IDatabase database, string command, params object[] arguments) =>
        database.ExecuteAsync(command, arguments, RedisConnection.Primary);

    // After a failure of an earlier reply the later ones are not awaited.
    private static void Observe(Task reply) => _ = reply.ContinueWith(
        static it => it.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
