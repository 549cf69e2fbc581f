using System.Reflection;
using StackExchange.Redis;
using Support.Time;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>A database whose connection is replaced once, between what is sent before the first WAIT and that WAIT.</summary>
public class InterruptedDatabase : DispatchProxy
{
    private IDatabase? _inner;
    private Func<Task>? _interrupt;
    private Task _reconnected = Task.CompletedTask;
    private bool _done;

    public static IDatabase Over(IDatabase inner, Func<Task> interrupt)
    {
        var database = Create<IDatabase, InterruptedDatabase>();
        var proxy = (InterruptedDatabase)database;
        proxy._inner = inner;
        proxy._interrupt = interrupt;
        return database;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (targetMethod.Name != nameof(IDatabase.ExecuteAsync))
        {
            return targetMethod.Invoke(_inner, args);
        }

        if (args?[0] is "WAIT" && !_done)
        {
            _done = true;
            _reconnected = ReconnectAsync();
        }

        return SendAsync(() => (Task<RedisResult>)targetMethod.Invoke(_inner, args)!);
    }

    private async Task<RedisResult> SendAsync(Func<Task<RedisResult>> send)
    {
        await _reconnected;
        return await send();
    }

    private async Task ReconnectAsync()
    {
        // The script before it has been answered on the old connection once this has.
        await _inner!.PingAsync();
        await _interrupt!();
        await Eventually.SucceedsAsync<TimeSpan, RedisException>(() => _inner.PingAsync());
    }
}
