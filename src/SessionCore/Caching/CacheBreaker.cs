using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace SessionCore.Caching;

/// <summary>Circuit breaker in front of Redis. Opens when half of the calls in the sampling window fail.</summary>
/// <remarks>
/// Opens when at least <see cref="MinCalls"/> calls were counted within <see cref="Sampling"/> and half of them failed.
/// After <see cref="Break"/> one call probes whether Redis answers again. A refused write is not counted: it costs no wait, and reads
/// may still succeed. Polly's pipeline costs about 400 ns and 600 bytes a call (measured), too much for a hot read. So calls pass
/// through it only from a failure until none has happened for <see cref="Sampling"/>.
/// </remarks>
internal sealed partial class CacheBreaker
{
    public const int MinCalls = 5;

    public static readonly TimeSpan Sampling = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Break = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _pipeline;
    private readonly CircuitBreakerStateProvider _state = new();

    private volatile bool _isCounting;
    private long _lastFailure;
    private long _openedAt;

    // A failed probe opens the circuit again; only the first opening is logged.
    private bool _isTold;

    public CacheBreaker(TimeProvider timeProvider, ILogger logger)
    {
        _timeProvider = timeProvider;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinCalls,
                SamplingDuration = Sampling,
                BreakDuration = Break,
                StateProvider = _state,
                ShouldHandle = static arguments => ValueTask.FromResult(IsCounted(arguments.Outcome.Exception)),
                OnOpened = _ => OnOpened(),
                OnClosed = _ => OnClosed(),
            })
            .Build();
    }

    /// <summary>Gets a value indicating whether a call has to go through <see cref="RunAsync"/>.</summary>
    public bool IsCounting => _isCounting && !StopsCounting();

    /// <summary>Gets a value indicating whether the circuit is open.</summary>
    public bool IsOpen =>
        _state.CircuitState == CircuitState.Open
        && _timeProvider.GetElapsedTime(Interlocked.Read(ref _openedAt)) < Break;

    /// <summary>Gets a value indicating whether the circuit is not closed: Redis has failed and no probe has succeeded since.</summary>
    public bool IsFailing => _state.CircuitState is not CircuitState.Closed;

    /// <summary>Records a failed call that was not counted, and starts counting calls.</summary>
    public void Failed(CacheUnavailableException exception)
    {
        if (!IsCounted(exception))
        {
            return;
        }

        BeginCounting();
        try
        {
            _pipeline.Execute(static failure => throw failure, exception);
        }
        catch (Exception e) when (e is CacheUnavailableException or BrokenCircuitException)
        {
            // Counted. The caller already has the exception.
        }
    }

    /// <summary>Makes a counted call, or none while the circuit is open.</summary>
    public async ValueTask<T> RunAsync<TState, T>(
        Func<TState, CancellationToken, ValueTask<T>> call, TState state, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static (it, token) => it.call(it.state, token), (call, state), cancellationToken);
        }
        catch (CacheUnavailableException e) when (IsCounted(e))
        {
            BeginCounting();
            throw;
        }
        catch (BrokenCircuitException)
        {
            throw NotSent();
        }
    }

    public static CacheUnavailableException NotSent() => new("The circuit breaker of Redis is open.");

    private static bool IsCounted(Exception? exception) => exception is CacheUnavailableException { IsRefusedWrite: false };

    private void BeginCounting()
    {
        Interlocked.Exchange(ref _lastFailure, _timeProvider.GetTimestamp());
        _isCounting = true;
    }

    private bool StopsCounting()
    {
        if (_state.CircuitState != CircuitState.Closed || _timeProvider.GetElapsedTime(Interlocked.Read(ref _lastFailure)) < Sampling)
        {
            return false;
        }

        _isCounting = false;
        return true;
    }

    private ValueTask OnOpened()
    {
        Interlocked.Exchange(ref _openedAt, _timeProvider.GetTimestamp());
        if (!Interlocked.Exchange(ref _isTold, true))
        {
            LogOpened(_logger);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask OnClosed()
    {
        Volatile.Write(ref _isTold, false);
        LogClosed(_logger);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(3201, LogLevel.Warning, "Redis keeps failing; the table answers, and Redis is tried twice a second until it answers")]
    private static partial void LogOpened(ILogger logger);

    [LoggerMessage(3202, LogLevel.Information, "Redis answers again")]
    private static partial void LogClosed(ILogger logger);
}
