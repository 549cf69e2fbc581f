using System.Runtime.CompilerServices;

namespace SessionCore.Pooling;

#pragma warning disable S2743 // one pool per method is intended
/// <summary>Pool of the free state machines of one method, per thread and therefore without locks.</summary>
internal static class StepPool<TStateMachine, TResult>
    where TStateMachine : IAsyncStateMachine
{
    private const int MostOfThread = 32;
    private const int SpareChains = 8;

    [ThreadStatic]
    private static PooledStep<TStateMachine, TResult>? _first;

    [ThreadStatic]
    private static int _count;

    // An object may return on another thread than it was rented on. A thread with a full pool publishes its chain here, and a thread
    // with an empty pool takes one. Several threads may publish before one takes, so there are several places.
    private static readonly PooledStep<TStateMachine, TResult>?[] Spare = new PooledStep<TStateMachine, TResult>?[SpareChains];

    public static PooledStep<TStateMachine, TResult> Rent()
    {
        if (_first is null)
        {
            _first = TakeSpare();
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
            LeaveSpare(_first);
            _first = null;
            _count = 0;
        }

        step.Next = _first;
        _first = step;
        _count++;
    }

    private static PooledStep<TStateMachine, TResult>? TakeSpare()
    {
        for (var i = 0; i < Spare.Length; i++)
        {
            if (Volatile.Read(ref Spare[i]) is not null && Interlocked.Exchange(ref Spare[i], null) is { } chain)
            {
                return chain;
            }
        }

        return null;
    }

    // When all places are taken, the garbage collector gets the chain.
    private static void LeaveSpare(PooledStep<TStateMachine, TResult>? chain)
    {
        for (var i = 0; i < Spare.Length; i++)
        {
            if (Interlocked.CompareExchange(ref Spare[i], chain, null) is null)
            {
                return;
            }
        }
    }
}
