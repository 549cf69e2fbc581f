using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Tells whether a key that this instance lacks is one of the deployment's, and makes the keys of this one known.</summary>
internal sealed class DeploymentKeys(DeploymentTable table, KeyRing keys) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _begun;
    private long _answered;

    /// <summary>Makes the keys of this ring known to all instances. Call before anything under them is stored.</summary>
    /// <exception cref="StoreUnavailableException">It is not certain that they are known.</exception>
    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        if (!table.IsAnnounced)
        {
            await table.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Whether a key that is newer than all of this ring belongs to the deployment.</summary>
    /// <remarks>
    /// Made-up keys can be asked for any number of times, so one read at a time answers all who wait for it. It begins after they asked: a key is
    /// named before its first use.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The table cannot tell.</exception>
    public async ValueTask<bool> IsDeployedAsync(uint id, CancellationToken cancellationToken)
    {
        if (keys.IsAwaited(id))
        {
            return true;
        }

        if (!keys.IsNewer(id))
        {
            return false;
        }

        var asked = Volatile.Read(ref _begun);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_answered <= asked)
            {
                var read = ++_begun;
                await table.ReadAsync(cancellationToken);
                _answered = read;
            }
        }
        finally
        {
            _turn.Release();
        }

        return keys.IsAwaited(id);
    }

    public void Dispose() => _turn.Dispose();
}
