using System.Runtime.CompilerServices;

namespace SessionCore.Pooling;

/// <summary>Pooled box of the state machine of a suspended asynchronous method.</summary>
internal sealed class PooledStep<TStateMachine, TResult> : PooledStep<TResult>
    where TStateMachine : IAsyncStateMachine
{
    private readonly Action _moveOn;
    private TStateMachine _stateMachine = default!;
    private ExecutionContext? _context;

    public PooledStep() => _moveOn = MoveOn;

    /// <summary>Gets or sets the next object in the pool.</summary>
    public PooledStep<TStateMachine, TResult>? Next { get; set; }

    /// <summary>Copies the state machine from the stack.</summary>
    public void Hold(ref TStateMachine stateMachine) => _stateMachine = stateMachine;

    /// <summary>Returns the continuation for the awaited operation.</summary>
    public Action PrepareWait()
    {
        _context = ExecutionContext.Capture();
        return _moveOn;
    }

    protected override void Return()
    {
        _stateMachine = default!;
        _context = null;
        StepPool<TStateMachine, TResult>.Return(this);
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
