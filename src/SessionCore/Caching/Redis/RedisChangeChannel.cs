using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using SessionCore.Sessions;
using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Channel of changes by publish/subscribe of Redis. A message is the binary form of a session's location.</summary>
internal sealed partial class RedisChangeChannel(
    RedisMultiplexer multiplexer,
    Func<Task<IConnectionMultiplexer>> connectToListen,
    RedisCacheOptions shared,
    TimeProvider timeProvider,
    ILogger<RedisChangeChannel> logger) : IChangeChannel
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly RedisChannel _channel = RedisChannel.Literal(shared.InstanceName + "session-changes");

    public void Publish(SessionLocator changed)
    {
        var message = new byte[SessionLocator.ByteLength];
        changed.Write(message);
        try
        {
            // Without Redis nobody is told; those who wait find the change when their wait ends.
            multiplexer.FindConnected()?.GetSubscriber().Publish(_channel, message, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            LogNotTold(logger, exception);
        }
    }

    public void Listen(Action<SessionLocator> changed) => _ = ListenAsync(changed);

    // The client subscribes again by itself after the connection was lost; this is for the first time.
    private async Task ListenAsync(Action<SessionLocator> changed)
    {
        while (true)
        {
            try
            {
                var opened = await connectToListen();
                await opened.GetSubscriber().SubscribeAsync(_channel, (_, message) => Receive(message, changed));
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException)
            {
                LogNotListening(logger, exception);
            }

            await Task.Delay(RetryPause, timeProvider);
        }
    }

    private static void Receive(RedisValue message, Action<SessionLocator> changed)
    {
        if ((byte[]?)message is { Length: SessionLocator.ByteLength } bytes)
        {
            changed(SessionLocator.Read(bytes));
        }
    }

    [LoggerMessage(1901, LogLevel.Debug, "A change of a session could not be told to the other instances; clients that wait there find it when their wait ends")]
    private static partial void LogNotTold(ILogger logger, Exception exception);

    [LoggerMessage(1902, LogLevel.Warning, "Changes of sessions cannot be received from Redis yet; clients that wait find them when their wait ends. Allow the user to subscribe to the channel, or wait for Redis")]
    private static partial void LogNotListening(ILogger logger, Exception exception);
}
