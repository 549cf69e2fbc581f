using System.Runtime.CompilerServices;

namespace SessionCore.Pooling;

#pragma warning disable S2743 // a pool for each method is what is meant
/// <summary>The steps of one method that are not in use. By thread, so that nothing is locked.</summary>
internal static class StepPool<TStateMachine, TResult>
    where TStateMachine : IAsyncStateMachine
{
    private const int MostOfThread = 32;

    [ThreadStatic]
    private static PooledStep<TStateMachine, TResult>? _first;

    [ThreadStatic]
    private static int _count;

    // A step may come back on another thread than it was taken on: a thread that has too many leaves them all to one that has none.
    private static PooledStep<TStateMachine, TResult>? _spare;

    public static PooledStep<TStateMachine, TResult> Rent()
    {
        if (_first is null)
        {
            _first = Interlocked.Exchange(ref _spare, null);
            if (_first is null)
            {
                return new PooledStep<TStateMachine, TResult>();
            }

            _count = MostOfThread;
        }

        var step = _first;
        _first = step.Next;
        _count--;
        step.Next = null;
        return step;
    }

    public static void Return(PooledStep<TStateMachine, TResult> step)
    {
        if (_count == MostOfThread)
        {
            Volatile.Write(ref _spare, _first);
            _first = null;
            _count = 0;
        }

        step.Next = _first;
        _first = step;
        _count++;
    }
}
