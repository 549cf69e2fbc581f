using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Logging;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Retry policy limited by the deadline of the call and the <see cref="RetryBudget"/> of the process. It records whether a failed try
/// may have been applied.
/// </summary>
internal sealed partial class BudgetedRetryPolicy(int maxRetries, ILogger logger)
    : RetryPolicy(maxRetries, DelayStrategy.CreateExponentialDelayStrategy(FirstPause, LongestPause))
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // With less time left a try could only fail.
    private static readonly TimeSpan LeastTry = TimeSpan.FromMilliseconds(20);

    private readonly int _maxRetries = maxRetries;
    private readonly RetryBudget _budget = new();

    /// <inheritdoc/>
    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber == 0)
        {
            _budget.Earn();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) => new(ShouldRetry(message, exception));

    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception)
    {
        var call = TableCall.Of(message);
        var retries = message.ProcessingContext.RetryNumber;
        if (!IsTransient(message, exception)
            || retries >= _maxRetries
            || call.Left - PauseAfter(retries, exception is null ? message.Response : null) < LeastTry
            || !_budget.TrySpend())
        {
            return false;
        }

        call.Uncertain |= MayBeApplied(message, exception);
        LogRetry(retries + 1, message.Request.Method.Method, exception is null ? message.Response.Status : 0);
        return true;
    }

    // The longest possible pause of the SDK, whose jitter is a fifth.
    private static TimeSpan PauseAfter(int retries, Response? answer)
    {
        var pause = FirstPause * (1.2 * Math.Pow(2, retries));
        pause = pause < LongestPause ? pause : LongestPause;
        return RetryAfterHeader.Read(answer) is { } asked && asked > pause ? asked : pause;
    }

    private static bool IsTransient(HttpMessage message, Exception? exception) => exception switch
    {
        null => TransientFault.IsStatus(message.Response.Status),
        AuthenticationFailedException => false,
        OperationCanceledException => !message.CancellationToken.IsCancellationRequested,
        _ => TransientFault.IsException(exception),
    };

    // It certainly was not when the service was busy or no connection was established.
    private static bool MayBeApplied(HttpMessage message, Exception? exception)
    {
        if (exception is not null)
        {
            return !TransientFault.IsConnecting(exception);
        }

        return message.Response.Status switch
        {
            429 => false,
            503 => new RequestFailedException(message.Response).ErrorCode is not "ServerBusy",
            _ => true,
        };
    }

    [LoggerMessage(EventId = 3410, Level = LogLevel.Debug, Message = "Try {Try} of a {Method} to Table Storage failed with status {Status}; trying again.")]
    private partial void LogRetry(int @try, string method, int status);
}
