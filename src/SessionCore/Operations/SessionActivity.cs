using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Touch: records activity. It is written at most once per slack, and never fails its request.</summary>
internal sealed partial class SessionActivity(
    SessionTable table, SessionCache cache, SessionWriter writer, SessionReader reader, RevocationEpoch epoch, SessionMetrics metrics, TimeProvider timeProvider, ILogger<SessionActivity> logger)
{
    private const int Attempts = 3;

    private readonly ConcurrentDictionary<SessionLocator, byte> _underWay = new();

    /// <summary>Records activity on a session that was just read as live.</summary>
    /// <param name="reading">The result of the read; its live session is not null.</param>
    /// <param name="ipAddress">The user's address, if known; a new address is written at once.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The session with its new ends; unchanged when nothing was written; ended when it has ended meanwhile.</returns>
    public async ValueTask<SessionReading> TouchAsync(SessionReading reading, string? ipAddress, CancellationToken cancellationToken)
    {
        var live = reading.Live!;
        var isDue = timeProvider.GetUtcNow() - live.LastSeenAt >= TouchSlack.Of(live.IdleTimeout);
        if ((!isDue && (ipAddress is null || live.WasSeenAt(ipAddress))) || !_underWay.TryAdd(live.Locator, 0))
        {
            metrics.Touched("coalesced");
            return reading;
        }

        try
        {
            return ipAddress is null
                ? await WriteAsync(reading, cancellationToken)
                : await WriteWithAddressAsync(reading, ipAddress, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            metrics.Touched("lost");
            LogLost(logger, exception);
            return reading with { Degraded = true };
        }
        finally
        {
            _underWay.TryRemove(live.Locator, out _);
        }
    }

    private async ValueTask<SessionReading> WriteAsync(SessionReading reading, CancellationToken cancellationToken)
    {
        var retry = new ConflictRetry(timeProvider: null, "The session", Attempts);
        do
        {
            if (reading.Live is not { } live)
            {
                return reading;
            }

            // The cache entry below is valid from now, so the revoke-before instant must be current too.
            var revokedBefore = await epoch.GetAsync(certain: false, cancellationToken);
            var now = timeProvider.GetSessionTime();
            if (!live.IsLiveAt(now, revokedBefore))
            {
                return await reader.ReadAsync(live.Locator, ReadConsistency.Strong, cancellationToken);
            }

            if (now - live.LastSeenAt < TouchSlack.Of(live.IdleTimeout))
            {
                // Another instance has written the activity.
                metrics.Touched("coalesced");
                return reading;
            }

            var idleEnd = now + live.IdleTimeout < live.AbsoluteExpiresAt ? now + live.IdleTimeout : live.AbsoluteExpiresAt;
            var operation = OperationId.New();
            var write = table.Touching(live, operation, now, idleEnd);
            var commit = await table.CommitAsync([write], live.Locator, operation, live.Version + 1, cancellationToken);
            if (commit.IsWritten)
            {
                metrics.Touched("written");
                var touched = live.SeenAt(now, idleEnd, live.Version + 1, commit.ETag!, readAt: now);
                var confirmed = await cache.RefreshAsync(touched, cancellationToken);
                return reading with { Live = touched, Degraded = reading.Degraded || !confirmed };
            }

            reading = await reader.ReadAsync(live.Locator, ReadConsistency.Strong, cancellationToken);
        }
        while (await retry.TryNextAsync(cancellationToken));

        return reading;
    }

    private async ValueTask<SessionReading> WriteWithAddressAsync(SessionReading reading, string ipAddress, CancellationToken cancellationToken)
    {
        var write = await writer.ChangeAsync(
            reading.Live!.Locator,
            (session, body) =>
            {
                var now = timeProvider.GetSessionTime();
                var device = SessionJson.DeviceSeenAt(body.Device, ipAddress);
                if (device is null && now - session.LastSeenAt < TouchSlack.Of(session.IdleTimeout))
                {
                    return null;
                }

                return (session.SeenAt(now), body with { Device = device ?? body.Device });
            },
            eventOf: null,
            cancellationToken);
        metrics.Touched(write.Written ? "written" : "coalesced");
        return new SessionReading(write.Live, write.Ended, ReadSource.Table, reading.Degraded || (write.Written && !write.Confirmed));
    }

    [LoggerMessage(1351, LogLevel.Warning, "Activity could not be written; the session keeps its previous idle end")]
    private static partial void LogLost(ILogger logger, Exception exception);
}
