using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SessionFunctions.Client.Http;

/// <summary>Time-outs, retries and circuit breaker of the requests.</summary>
/// <remarks>
/// From the outside in: time for the call, retries, circuit breaker, time for an attempt. What may be repeated is stated by each request; what was
/// certainly not carried out is repeated in any case.
/// </remarks>
internal static class RequestResilience
{
    private const double FailureRatio = 0.5;
    private const int LeastRequests = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Adds the strategies.</summary>
    public static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, SessionsClientOptions options, TimeProvider timeProvider)
    {
        pipeline.TimeProvider = timeProvider;
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions
        {
            Name = "call",
            TimeoutGenerator = arguments => ValueTask.FromResult(LeftOf(options.Timeout, arguments.Context, timeProvider)),
        });
        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                Name = "retry",
                MaxRetryAttempts = options.MaxRetries,
                Delay = FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsRetried(arguments, options.Timeout, timeProvider)),
                DelayGenerator = arguments => ValueTask.FromResult(WaitOf(arguments.Outcome)),
            });
        }

        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            Name = "circuit",
            FailureRatio = FailureRatio,
            MinimumThroughput = LeastRequests,
            SamplingDuration = Window,
            BreakDuration = options.BreakDuration,
            ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome)),
        });

        // Half of the time, so that there is time for another attempt. A request that is not repeated has all of it.
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions
        {
            Name = "attempt",
            TimeoutGenerator = arguments => ValueTask.FromResult(IsRepeatable(arguments.Context) && options.MaxRetries > 0 ? options.Timeout / 2 : options.Timeout + WaitOf(arguments.Context)),
        });
    }

    private static bool IsRetried(RetryPredicateArguments<HttpResponseMessage> arguments, TimeSpan timeout, TimeProvider timeProvider)
    {
        var outcome = arguments.Outcome;
        var isSafe = WasNotCarriedOut(outcome) || (IsRepeatable(arguments.Context) && IsFailure(outcome));

        // Rather an error now, with its Retry-After, than a time-out later.
        return isSafe && (WaitOf(outcome) is not { } wait || wait < timeout - ElapsedOf(arguments.Context, timeProvider));
    }

    // Refused before any operation saw it, or never sent.
    private static bool WasNotCarriedOut(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests
        || outcome.Exception is OperationCanceledException { InnerException: TimeoutException } // of the connection
            or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: { } exception } => exception is HttpRequestException or TimeoutRejectedException or IOException
            or OperationCanceledException { InnerException: TimeoutException },
        { Result: { } response } => response.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
        _ => false,
    };

    private static TimeSpan? WaitOf(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response ? AnswerReader.WaitOf(response.Headers.RetryAfter, response.Headers.Date) : null;

    // Time that the API was asked to wait is no delay.
    private static TimeSpan WaitOf(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(RequestFacts.Wait, out var wait) ? wait : TimeSpan.Zero;

    // Zero would be no limit.
    private static TimeSpan LeftOf(TimeSpan timeout, ResilienceContext context, TimeProvider timeProvider)
    {
        var left = timeout + WaitOf(context) - ElapsedOf(context, timeProvider);
        return left > Shortest ? left : Shortest;
    }

    private static bool IsRepeatable(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(RequestFacts.IsRepeatable, out var isRepeatable) && isRepeatable;

    private static TimeSpan ElapsedOf(ResilienceContext context, TimeProvider timeProvider) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(RequestFacts.BeganAt, out var began) ? timeProvider.GetElapsedTime(began) : TimeSpan.Zero;
}
