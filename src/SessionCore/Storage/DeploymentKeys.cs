using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>
/// Registry of the deployment's key ids: announces those of this instance and answers whether another instance has a key.
/// </summary>
internal sealed class DeploymentKeys(DeploymentTable table, KeyRing keys) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _begun;
    private long _answered;

    /// <summary>Announces the keys of this ring to all instances. Call before anything is stored under them.</summary>
    /// <exception cref="StoreUnavailableException">The announcement is not certain.</exception>
    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        if (!table.IsAnnounced)
        {
            await table.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Whether a key that is newer than all of this ring belongs to the deployment.</summary>
    /// <remarks>
    /// Forged tokens can name any number of keys, so all waiting callers share one read. It begins after their calls, because a key is
    /// announced before its first use.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The table does not answer.</exception>
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
