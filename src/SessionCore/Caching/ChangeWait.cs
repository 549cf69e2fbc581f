using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>One client's wait for a change of a session. Dispose it to stop watching.</summary>
public sealed class ChangeWait : IDisposable
{
    private readonly SessionChanges _changes;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _until = DateTimeOffset.MaxValue;

    internal ChangeWait(SessionChanges changes, SessionLocator locator)
    {
        _changes = changes;
        Locator = locator;
    }

    internal SessionLocator Locator { get; }

    // The next wait for the same session. Guarded by the lock of the owner, as everything internal here.
    internal ChangeWait? Next { get; set; }

    internal int ChainLength
    {
        get
        {
            var length = 0;
            for (var wait = this; wait is not null; wait = wait.Next)
            {
                length++;
            }

            return length;
        }
    }

    /// <summary>Waits for a change until a time. Call it once.</summary>
    /// <returns>Whether the session was said to have changed; false when the time is over or the host stops.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<bool> WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        _until = until;
        _changes.Schedule();
        await using var cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), _ended);
        return await _ended.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _changes.Remove(this);

    internal void Complete(bool isChanged) => _ended.TrySetResult(isChanged);

    internal void CompleteChain(bool isChanged)
    {
        for (var wait = this; wait is not null; wait = wait.Next)
        {
            wait.Complete(isChanged);
        }
    }

    internal void CompleteDue(DateTimeOffset now)
    {
        for (var wait = this; wait is not null; wait = wait.Next)
        {
            if (wait._until <= now)
            {
                wait.Complete(isChanged: false);
            }
        }
    }

    /// <summary>Returns the first wait of the chain without one of its waits.</summary>
    internal ChangeWait? Without(ChangeWait removed)
    {
        if (this == removed)
        {
            return Next;
        }

        for (var wait = this; wait.Next is not null; wait = wait.Next)
        {
            if (wait.Next == removed)
            {
                wait.Next = removed.Next;
                break;
            }
        }

        return this;
    }
}
