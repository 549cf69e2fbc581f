namespace SessionCore.Operations;

/// <summary>
/// Lets one caller at a time into work on one user or one session, in this process: what would only lose a race in the store
/// waits its turn instead. It makes nothing correct; the entity tags do that, across instances too.
/// </summary>
internal sealed class KeyedGates : IDisposable
{
    // Callers of different keys rarely share a gate; if they do, one waits for the other's store call.
    private const int Count = 1024;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn; dispose of the answer to let the next one in.</summary>
    public async ValueTask<Turn> EnterAsync(UInt128 key, CancellationToken cancellationToken)
    {
        var gate = _gates[(int)(ulong)(key % Count)];
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    internal readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
