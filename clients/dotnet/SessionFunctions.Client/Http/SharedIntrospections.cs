using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SessionFunctions.Client.Http;

/// <summary>Introspections that wait at the same time share a call (docs/adr/0081).</summary>
/// <remarks>
/// One is sent at once when no call is under way. Otherwise it is sent with all others that wait when a call returns or when enough wait. So a
/// lone introspection does not wait, and under load they share most of the cost of a call. Each is still asked for after it was requested.
/// </remarks>
internal sealed class SharedIntrospections
{
    /// <summary>The most introspections of one call, as the API has it. No more than these ever wait.</summary>
    public const int MostInCall = 64;

    /// <summary>The number of those waiting from which another call is sent although fewer than <see cref="MostUnderWay"/> have returned.</summary>
    public const int EnoughForAnother = 16;

    /// <summary>The number of calls under way from which only a full one is sent.</summary>
    public const int MostUnderWay = 2;

    /// <summary>The longest introspection that shares a call: so many fit in the body that the API takes. A longer one goes alone.</summary>
    public const int MostBytes = 960;

    private const string Path = "v1/sessions/introspections";

    /// <summary>How long one waits at most for a call to return: less than the way to an API far away, so that sharing costs little there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

#if NET9_0_OR_GREATER
    private readonly Lock _gate = new();
#else
    private readonly object _gate = new();
#endif
    private readonly List<Waiting> _waiting = new(MostInCall);
    private readonly SessionsTransport _transport;
    private readonly Func<ApiRequest, CancellationToken, Task<ApiAnswer>> _send;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _patience;
    private readonly MissingFeature _operation;
    private int _underWay;
    private bool _isPatienceRunning;

    public SharedIntrospections(SessionsTransport transport, TimeProvider timeProvider)
    {
        _transport = transport;
        _timeProvider = timeProvider;
        _operation = new MissingFeature(timeProvider);
        _send = SendAsync;
        _patience = WithoutContext(() => timeProvider.CreateTimer(
            static state => ((SharedIntrospections)state!).SendWaiting(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Sends an introspection.</summary>
    /// <param name="request">The introspection as it is sent alone, with the time when it began.</param>
    /// <param name="cancellationToken">Cancels the wait of this one.</param>
    public Task<ApiAnswer> IntrospectAsync(ApiRequest request, CancellationToken cancellationToken) =>
        _transport.MeasureAsync(request, MayShare(request) ? _send : _transport.SendNowAsync, cancellationToken);

    // A call has one header for all.
    private bool MayShare(ApiRequest request) => request.Consistency is null && request.Body!.Length <= MostBytes && !_operation.IsMissing;

    private async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var turn = Turn.First;
        if (Enter(request) is { } waiting)
        {
            await using var registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((Waiting)state!).TrySetCanceled(token), waiting).ConfigureAwait(false);
            turn = await waiting.Task.ConfigureAwait(false);
            if (turn.Answer is not null)
            {
                return turn.Answer;
            }
        }

        try
        {
            return await _transport.SendNowAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (turn.IsCall)
            {
                Leave();
            }
        }
    }

    // Null when the introspection is to be sent now.
    private Waiting? Enter(ApiRequest request)
    {
        Waiting waiting;
        List<Waiting>? call;
        lock (_gate)
        {
            if (_underWay == 0)
            {
                _underWay++;
                return null;
            }

            waiting = new Waiting(request);
            _waiting.Add(waiting);
            call = Take(isOverdue: false);
            if (call is null && !_isPatienceRunning)
            {
                RunPatience(Patience);
            }
        }

        Send(call);
        return waiting;
    }

    private void Leave() => Send(TakeNext());

    private List<Waiting>? TakeNext()
    {
        lock (_gate)
        {
            _underWay--;
            return Take(isOverdue: false);
        }
    }

    private void SendWaiting()
    {
        List<Waiting>? call = null;
        lock (_gate)
        {
            _isPatienceRunning = false;
            if (_waiting.Count > 0 && Patience - _timeProvider.GetElapsedTime(_waiting[0].BeganAt) is var left)
            {
                if (left <= TimeSpan.Zero)
                {
                    call = Take(isOverdue: true);
                }
                else
                {
                    RunPatience(left);
                }
            }
        }

        Send(call);
    }

    // It runs to its end although a call returns meanwhile: to set it anew for each call wakes the thread of timers each time.
    private void RunPatience(TimeSpan left)
    {
        _isPatienceRunning = true;
        _patience.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan); // timers count milliseconds
    }

    private List<Waiting>? Take(bool isOverdue)
    {
        var enough = _underWay switch
        {
            0 => 1,
            < MostUnderWay => EnoughForAnother,
            _ => MostInCall,
        };
        if (_waiting.Count < (isOverdue ? 1 : enough))
        {
            return null;
        }

        _underWay++;
        List<Waiting> call = [.. _waiting];
        _waiting.Clear();
        return call;
    }

    private void Send(List<Waiting>? call)
    {
        if (IsShared(call))
        {
            // In no caller's context: it may hold what handlers of the application send along.
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Shared.SendTogetherAsync(state.Call), (Shared: this, Call: call), preferLocal: true);
        }
    }

    // Whether a call is left to send: one that is alone sends itself.
    private bool IsShared([NotNullWhen(true)] List<Waiting>? call)
    {
        call?.RemoveAll(static waiting => waiting.Task.IsCompleted); // canceled
        if (call is null or { Count: > 1 })
        {
            return call is not null;
        }

        if (call.Count == 0 || !call[0].TrySetResult(Turn.First))
        {
            Leave();
        }

        return false;
    }

    private async Task SendTogetherAsync(List<Waiting> call)
    {
        try
        {
            var answer = await AskAsync(call).ConfigureAwait(false);
            var answers = IntrospectionList.Split(answer, call.Count);
            for (var i = 0; i < call.Count; i++)
            {
                call[i].TrySetResult(answers[i] is { } own ? new Turn(own, IsCall: false) : Turn.Alone);
            }
        }
        catch (SessionsException e) when (IsOfThisOperation(e.Status))
        {
            // One of them may be the cause, or an API that does not know the operation.
            if (e.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.MethodNotAllowed)
            {
                _operation.Note();
            }

            call.ForEach(static waiting => waiting.TrySetResult(Turn.Alone));
        }
#pragma warning disable CA1031 // each of the callers gets it
        catch (Exception e)
#pragma warning restore CA1031
        {
            call.ForEach(waiting => waiting.TrySetException(e is SessionsException shared ? shared.Copy() : e));
        }
    }

    private async Task<ApiAnswer> AskAsync(List<Waiting> call)
    {
        try
        {
            var body = IntrospectionList.Join(call.ConvertAll(static waiting => waiting.Request.Body!)); // an introspection has one
            var request = new ApiRequest("IntrospectSessions", HttpMethod.Post, Path) { IsRepeatable = true, Body = body, BeganAt = call[0].BeganAt };
            return await _transport.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            // On this thread, which is in no caller's context, so that the API works while the answers are handed out.
            if (TakeNext() is var next && IsShared(next))
            {
                _ = SendTogetherAsync(next);
            }
        }
    }

    // The client may be made within a request, whose context the timer would keep.
    private static ITimer WithoutContext(Func<ITimer> create)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return create();
        }
    }

    private static bool IsOfThisOperation(int? status) =>
        status is >= 400 and < 500 and not ((int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests);

    // The answer of a shared call, or leave to send alone.
    private readonly record struct Turn(ApiAnswer? Answer, bool IsCall)
    {
        /// <summary>Gets leave to send alone, as one of the calls under way.</summary>
        public static Turn First { get; } = new(Answer: null, IsCall: true);

        /// <summary>Gets leave to send alone besides the calls under way: a shared call gave no answer to this one.</summary>
        public static Turn Alone { get; } = new(Answer: null, IsCall: false);
    }

    private sealed class Waiting(ApiRequest request) : TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public ApiRequest Request => request;

        public long BeganAt => request.BeganAt!.Value; // an introspection has it
    }
}
