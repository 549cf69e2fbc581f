using System.Runtime.CompilerServices;

namespace SessionCore.Pooling;

/// <summary>Holds an asynchronous method while it waits.</summary>
internal sealed class PooledStep<TStateMachine, TResult> : PooledStep<TResult>
    where TStateMachine : IAsyncStateMachine
{
    // By thread, so that nothing is locked.
    private const int MaxPooled = 32;

    [ThreadStatic]
    private static PooledStep<TStateMachine, TResult>? t_pool;

    [ThreadStatic]
    private static int t_pooled;

    // A step may come back on another thread than it was taken on: a thread that has too many leaves them all for one that has none.
    private static PooledStep<TStateMachine, TResult>? s_spare;

    private readonly Action _moveOn;
    private TStateMachine _stateMachine = default!;
    private ExecutionContext? _context;
    private PooledStep<TStateMachine, TResult>? _next;

    private PooledStep() => _moveOn = MoveOn;

    public static PooledStep<TStateMachine, TResult> Rent()
    {
        if (t_pool is null)
        {
            t_pool = Interlocked.Exchange(ref s_spare, null);
            if (t_pool is null)
            {
                return new PooledStep<TStateMachine, TResult>();
            }

            t_pooled = MaxPooled;
        }

        var step = t_pool;
        t_pool = step._next;
        t_pooled--;
        step._next = null;
        return step;
    }

    /// <summary>Takes the method over from the stack.</summary>
    public void Hold(ref TStateMachine stateMachine) => _stateMachine = stateMachine;

    /// <summary>What the awaited calls when it is done.</summary>
    public Action PrepareWait()
    {
        _context = ExecutionContext.Capture();
        return _moveOn;
    }

    protected override void Return()
    {
        _stateMachine = default!;
        _context = null;
        if (t_pooled == MaxPooled)
        {
            Volatile.Write(ref s_spare, t_pool);
            t_pool = null;
            t_pooled = 0;
        }

        _next = t_pool;
        t_pool = this;
        t_pooled++;
    }

    private void MoveOn()
    {
        if (_context is { } context)
        {
            ExecutionContext.Run(context, static state => ((PooledStep<TStateMachine, TResult>)state!)._stateMachine.MoveNext(), this);
        }
        else
        {
            _stateMachine.MoveNext();
        }
    }
}
