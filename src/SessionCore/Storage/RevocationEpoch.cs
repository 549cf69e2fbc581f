using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>The instants before which sessions count as ended (revoke-before, and those of clients), known to each instance.</summary>
/// <remarks>
/// It is read again before a row is used, at most every <see cref="Refresh"/>. So a cache entry is filled under an instant no older
/// than that and expires by its age: after the sum of both no instance accepts an older session.
/// </remarks>
internal sealed class RevocationEpoch(DeploymentTable table, TimeProvider timeProvider)
{
    /// <summary>Maximum age of the cached instant.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    /// <summary>Gets the instants as last read.</summary>
    public RevokedBefore Known => table.Last.Row.Revoked;

    /// <summary>The instants, read again if what is known is too old or must be certain.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public ValueTask<RevokedBefore> GetAsync(bool certain, CancellationToken cancellationToken)
    {
        var (row, readAt) = table.Last;
        return !certain && timeProvider.GetUtcNow() - readAt < Refresh
            ? ValueTask.FromResult(row.Revoked)
            : ReadAsync(cancellationToken);
    }

    /// <summary>The instants, read again if what is known is too old for a read of this consistency.</summary>
    /// <exception cref="StoreUnavailableException">They could not be read.</exception>
    public ValueTask<RevokedBefore> GetAsync(ReadConsistency consistency, CancellationToken cancellationToken) =>
        GetAsync(consistency.IsStrong || !consistency.Allows(timeProvider.GetUtcNow() - table.Last.ReadAt), cancellationToken);

    /// <summary>Moves the deployment's instant forward; an earlier one than it stands at changes nothing.</summary>
    public ValueTask SetAsync(DateTimeOffset instant, CancellationToken cancellationToken) => table.RevokeAsync(RevokedBefore.Of(instant), client: null, cancellationToken);

    /// <summary>Moves the instant of a client's keyed sessions forward; an earlier one than it stands at changes nothing.</summary>
    public ValueTask SetAsync(string client, DateTimeOffset instant, CancellationToken cancellationToken) =>
        table.RevokeAsync(RevokedBefore.Of(DateTimeOffset.MinValue, [new(SessionKey.NamespaceOf(client), instant)]), client, cancellationToken);

    private async ValueTask<RevokedBefore> ReadAsync(CancellationToken cancellationToken) => (await table.ReadAsync(cancellationToken)).Revoked;
}
