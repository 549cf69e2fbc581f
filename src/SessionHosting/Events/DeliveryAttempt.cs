using Microsoft.Extensions.Logging;

namespace SessionHosting.Events;

/// <summary>One attempt at a target within its time. Every failure is a log line and false, never an exception.</summary>
internal sealed partial class DeliveryAttempt(string target, TimeSpan timeout, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Sends an event.</summary>
    /// <param name="sendAsync">Sends it, and returns whether it was acknowledged.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    public async ValueTask<bool> RunAsync(Func<CancellationToken, ValueTask<bool>> sendAsync, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await sendAsync(either.Token);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(logger, target, exception);
            return false;
        }
    }

    /// <summary>Reports an answer that does not acknowledge.</summary>
    /// <returns>False.</returns>
    public bool Refused(int status)
    {
        LogRefused(logger, target, status);
        return false;
    }

    /// <summary>Reports an answer that says why it does not acknowledge.</summary>
    /// <param name="status">The status.</param>
    /// <param name="code">A code that is known; never text of the receiver.</param>
    /// <returns>False.</returns>
    public bool Refused(int status, string code)
    {
        LogRefusedWith(logger, target, status, code);
        return false;
    }

    [LoggerMessage(3701, LogLevel.Warning, "The target {Target} answered an event with {Status}; it is tried again")]
    private static partial void LogRefused(ILogger logger, string target, int status);

    [LoggerMessage(3702, LogLevel.Warning, "The target {Target} could not be reached in time; its event is tried again")]
    private static partial void LogUnreachable(ILogger logger, string target, Exception exception);

    [LoggerMessage(1910, LogLevel.Warning, "The target {Target} answered an event with {Status} and '{Code}'; it is tried again")]
    private static partial void LogRefusedWith(ILogger logger, string target, int status, string code);
}
