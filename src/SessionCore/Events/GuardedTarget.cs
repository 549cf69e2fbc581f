using Polly;
using Polly.CircuitBreaker;
using SessionCore.Sessions;

namespace SessionCore.Events;

/// <summary>Target behind a circuit breaker: while it does not answer, one attempt now and then probes it, and no other event waits for it.</summary>
internal sealed class GuardedTarget
{
    private const int MinAttempts = 5;
    private const long Up = 0;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    private readonly IEventTarget _target;
    private readonly ResiliencePipeline<bool> _pipeline;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly TimeProvider _timeProvider;
    private long _downSince;
    private int _recoveries;

    public GuardedTarget(IEventTarget target, TimeProvider timeProvider)
    {
        _target = target;
        _timeProvider = timeProvider;
        _pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                FailureRatio = 0.5,
                MinimumThroughput = MinAttempts,
                SamplingDuration = Sampling,
                BreakDuration = Break,
                StateProvider = _state,
                OnOpened = _ =>
                {
                    // A probe that fails opens it again: the outage goes on.
                    Interlocked.CompareExchange(ref _downSince, _timeProvider.GetUtcNow().UtcTicks, Up);
                    return default;
                },
                OnClosed = _ =>
                {
                    Interlocked.Exchange(ref _downSince, Up);
                    Interlocked.Increment(ref _recoveries);
                    return default;
                },
                ShouldHandle = static arguments => ValueTask.FromResult(!arguments.Outcome.Result && arguments.Outcome.Exception is null),
            })
            .Build();
    }

    /// <summary>How long the circuit stays open.</summary>
    public static TimeSpan Break { get; } = TimeSpan.FromSeconds(10);

    public string Name => _target.Name;

    /// <summary>Gets a value indicating whether deliveries of this instance keep failing.</summary>
    public bool IsFailing => _state.CircuitState is not CircuitState.Closed;

    /// <summary>Gets for how long deliveries of this instance have kept failing; zero when they do not.</summary>
    public TimeSpan DownFor =>
        Interlocked.Read(ref _downSince) is var since and not Up ? new TimeSpan(Math.Max(0, _timeProvider.GetUtcNow().UtcTicks - since)) : TimeSpan.Zero;

    /// <summary>Gets how often it has answered again after it was down.</summary>
    public int Recoveries => Volatile.Read(ref _recoveries);

    public bool Wants(string type) => _target.Wants(type);

    /// <summary>Delivers an event, or refuses to try while the circuit is open.</summary>
    public async ValueTask<DeliveryOutcome> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken)
    {
        try
        {
            var isDelivered = await _pipeline.ExecuteAsync(
                static (state, token) => state._target.DeliverAsync(state.delivered, token), (_target, delivered), cancellationToken);
            return isDelivered ? DeliveryOutcome.Delivered : DeliveryOutcome.Failed;
        }
        catch (BrokenCircuitException)
        {
            return DeliveryOutcome.NotTried;
        }
    }
}

/// <summary>Outcome of a delivery to one target.</summary>
internal enum DeliveryOutcome
{
    /// <summary>The receiver has acknowledged the event.</summary>
    Delivered,

    /// <summary>It has not.</summary>
    Failed,

    /// <summary>It was not asked: its circuit is open, or an earlier event of the session waits for it.</summary>
    NotTried,
}
