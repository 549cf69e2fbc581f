using System.Security.Cryptography;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Runs a script and asks how many replicas have what it wrote, on a connection of its own: WAIT holds up all that comes after it.</summary>
/// <remarks>
/// WAIT answers for its own connection, so its answer means nothing when the client has reconnected in between, perhaps to a server
/// that has never seen the write. The connection therefore carries a name that was given to it once and to no other; a
/// name that is still there after WAIT shows that script and WAIT went over the same connection. With a sharded cluster the
/// commands without a key may reach another node: then nothing is ever confirmed.
/// </remarks>
internal sealed class ReplicatedWrites(
    Func<CancellationToken, ValueTask<IDatabase>> open, CacheOptions options, TimeProvider timeProvider) : IDisposable
{
    private readonly PendingReplies<RedisResult> _replies = new(options.OperationTimeout + options.ReplicaAckTimeout, timeProvider);
    private readonly SemaphoreSlim _naming = new(1, 1);
    private string? _name;

    /// <summary>Runs a script that may be run twice.</summary>
    /// <returns>Whether enough replicas have what it wrote.</returns>
    public async ValueTask<bool> RunAsync(
        string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        // The first round finds out that the connection or the script is gone since the last call, the second makes up for it.
        return await RunOnceAsync(script, keys, values, cancellationToken)
            ?? await RunOnceAsync(script, keys, values, cancellationToken)
            ?? false;
    }

    public void Dispose()
    {
        _naming.Dispose();
        _replies.Dispose();
    }

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
            await _replies.WaitAsync(written, cancellationToken);
            var acks = (long)await _replies.WaitAsync(replicated, cancellationToken);
            if (string.Equals((string?)await _replies.WaitAsync(named, cancellationToken), name, StringComparison.Ordinal))
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
            await _replies.WaitAsync(SendAsync(database, "CLIENT", "SETNAME", name), cancellationToken);
            Volatile.Write(ref _name, name);
            return name;
        }
        finally
        {
            _naming.Release();
        }
    }

    private static Task<RedisResult> SendAsync(IDatabase database, string command, params object[] arguments) =>
        database.ExecuteAsync(command, arguments, RedisConnection.Primary);

    // Where an earlier reply failed, nobody awaits these any more.
    private static void Observe(Task reply) => _ = reply.ContinueWith(
        static it => it.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
