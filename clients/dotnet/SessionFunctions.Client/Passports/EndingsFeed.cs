using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SessionFunctions.Client.Passports;

/// <summary>
/// Follows the endings of sessions, and knows how old its knowledge is: the age counts from the asking of a poll, never from the arrival of
/// its answer. One instance serves an application. Thread-safe.
/// </summary>
public sealed partial class EndingsFeed : IDisposable
{
    private const int MaxWaitSeconds = 25;
    private static readonly TimeSpan ShortestAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastPauseBetweenPolls = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostPauseWithNews = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly SessionsClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly EndingsKnowledge _knowledge;
    private readonly CancellationTokenSource _stopping = new();
#if NET9_0_OR_GREATER
    private readonly Lock _gate = new();
#else
    private readonly object _gate = new();
#endif
    private TimeSpan _maxAge = LongestAge;
    private bool _isStarted;
    private bool _isFailing;
    private bool _isWarnedOfClock;
    private string? _cursor;

    /// <summary>Initializes a new instance of the <see cref="EndingsFeed"/> class, which asks nothing before <see cref="Follow"/>.</summary>
    /// <param name="client">A client whose service has the scope <c>sessions.endings</c>.</param>
    /// <param name="timeProvider">The clock; null for that of the system.</param>
    /// <param name="logger">Receives one line when the feed fails and one when it works again; null for none.</param>
    public EndingsFeed(SessionsClient client, TimeProvider? timeProvider = null, ILogger<EndingsFeed>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger<EndingsFeed>.Instance;
        _knowledge = new EndingsKnowledge(_timeProvider);
    }

    /// <summary>Gets how old the knowledge is; null while there is none.</summary>
    public TimeSpan? Age => _knowledge.Age;

    /// <summary>Gets the longest life of a passport that the API issues; null while it is not known.</summary>
    public TimeSpan? PassportLifetime => _knowledge.Lifetime;

    /// <summary>Starts to follow, once. With several ages the shortest decides how often the API is asked.</summary>
    /// <param name="maxAge">The age up to which the knowledge is to be used: 1 second to 1 minute.</param>
    public void Follow(TimeSpan maxAge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, ShortestAge);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxAge, LongestAge);
        lock (_gate)
        {
            _maxAge = maxAge < _maxAge ? maxAge : _maxAge;
            if (_isStarted || _stopping.IsCancellationRequested)
            {
                return;
            }

            _isStarted = true;
        }

        // It outlives the request that starts it, whose context it must not keep.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => FollowAsync(_stopping.Token), _stopping.Token);
        }
    }

    /// <summary>Tells what is known of a session.</summary>
    /// <param name="sid">The id of the session.</param>
    /// <param name="createdAt">When the session was created, by the clock of the API.</param>
    /// <param name="knownLiveAt">When the session was known to be live, such as the instant at which its passport was issued, by the clock of the API.</param>
    /// <param name="maxAge">The age up to which the knowledge is used.</param>
    public EndingsVerdict Judge(string sid, DateTimeOffset createdAt, DateTimeOffset knownLiveAt, TimeSpan maxAge)
    {
        ArgumentNullException.ThrowIfNull(sid);
        return _knowledge.Judge(SidHash.Of(sid), createdAt, knownLiveAt, maxAge);
    }

    /// <summary>Stops following. What is known grows old.</summary>
    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Asks once.</summary>
    /// <returns>How long to wait before the next time.</returns>
    internal async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        var asked = FeedMoment.Now(_timeProvider);
        var page = await _client.ReadEndingsAsync(_cursor, WaitSeconds(), cancellationToken).ConfigureAwait(false);
        _cursor = page?.Cursor;
        if (page is null)
        {
            // A deployment restored, or a pause beyond what the API keeps: what is known stays, and all is read anew.
            LogAnew(_logger);
            return ShortestPause;
        }

        _knowledge.Take(page, asked);
        WarnOfClock();
        if (page.More)
        {
            return TimeSpan.Zero;
        }

        // An API that always has news is not asked without end, and neither is one that does not wait.
        var pause = page.Count > 0 ? PauseWithNews() : (_maxAge / 3) - asked.Elapsed(_timeProvider);
        return pause > LeastPauseBetweenPolls ? pause : LeastPauseBetweenPolls;
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await PollAsync(cancellationToken).ConfigureAwait(false);
                failures = 0;
                Recovered();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The edge of the loop: without it nobody would learn of endings any more.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures++;
                pause = PauseAfter(failures, e as SessionsException);
                Failed(e);
            }

            try
            {
                await Task.Delay(pause, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // What comes meanwhile comes in one answer, and is still told in time.
    private TimeSpan PauseWithNews() => _maxAge / 10 < MostPauseWithNews ? _maxAge / 10 : MostPauseWithNews;

    // Half of the age, so that the next answer is there before the last one is too old.
    private int WaitSeconds() => Math.Min(MaxWaitSeconds, (int)(_maxAge.TotalSeconds / 2));

    private static TimeSpan PauseAfter(int failures, SessionsException? refusal)
    {
        // A refusal is mended by an operator, not by asking again.
        var pause = refusal is { Status: 400 or 401 or 403 or 404 } ? LongestPause : ShortestPause * Math.Pow(2, Math.Min(failures, 6));
        return refusal?.RetryAfter is { } told && told > pause ? TimeSpan.FromTicks(Math.Min(told.Ticks, LongestPause.Ticks)) : pause;
    }

    private void Failed(Exception e)
    {
        if (_isFailing)
        {
            return;
        }

        _isFailing = true;
        if (e is SessionsException { ProblemType: Http.ProblemTypes.PassportsOff })
        {
            LogOff(_logger);
        }
        else
        {
            LogFailing(_logger, e);
        }
    }

    private void Recovered()
    {
        if (_isFailing)
        {
            _isFailing = false;
            LogRecovered(_logger);
        }
    }

    private void WarnOfClock()
    {
        if (_knowledge.IsClockBehind && !_isWarnedOfClock)
        {
            LogClock(_logger);
        }

        _isWarnedOfClock = _knowledge.IsClockBehind;
    }

    [LoggerMessage(9020, LogLevel.Warning, "The feed of ended sessions cannot be read. Once it is too old, the session API is asked for each request, and what cannot be known is refused.")]
    private static partial void LogFailing(ILogger logger, Exception exception);

    [LoggerMessage(9021, LogLevel.Information, "The feed of ended sessions works again.")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(9022, LogLevel.Error, "The session API issues no passports, so it has no feed of ended sessions. Set Passports:Enabled of the API.")]
    private static partial void LogOff(ILogger logger);

    [LoggerMessage(9023, LogLevel.Information, "The session API does not know the cursor of the feed of ended sessions any more. The feed is read anew.")]
    private static partial void LogAnew(ILogger logger);

    [LoggerMessage(9024, LogLevel.Error, "The clock of this machine is more than 30 seconds behind that of the session API. Until it is set, the session API is asked for each request.")]
    private static partial void LogClock(ILogger logger);
}
