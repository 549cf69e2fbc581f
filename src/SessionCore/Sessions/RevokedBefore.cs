using System.Collections.Frozen;

namespace SessionCore.Sessions;

/// <summary>The instants before which sessions count as ended: that of the deployment, and those of clients for their keyed sessions.</summary>
/// <remarks>Each instant only moves forward. One of a client that is not later than the deployment's adds nothing and is left out.</remarks>
internal sealed class RevokedBefore
{
    private readonly FrozenDictionary<UInt128, DateTimeOffset> _clients;

    private RevokedBefore(DateTimeOffset deployment, FrozenDictionary<UInt128, DateTimeOffset> clients)
    {
        Deployment = deployment;
        _clients = clients;
    }

    /// <summary>Gets the instants of a deployment that has none.</summary>
    public static RevokedBefore None { get; } = new(DateTimeOffset.MinValue, FrozenDictionary<UInt128, DateTimeOffset>.Empty);

    /// <summary>Gets the deployment's instant; <see cref="DateTimeOffset.MinValue"/> for none.</summary>
    public DateTimeOffset Deployment { get; }

    /// <summary>Gets the instants of clients, by <see cref="SessionKey.NamespaceOf"/>.</summary>
    public IReadOnlyDictionary<UInt128, DateTimeOffset> Clients => _clients;

    /// <summary>Returns these instants.</summary>
    public static RevokedBefore Of(DateTimeOffset deployment, IEnumerable<KeyValuePair<UInt128, DateTimeOffset>>? clients = null) =>
        new(deployment, (clients ?? []).Where(client => client.Value > deployment).ToFrozenDictionary());

    /// <summary>Returns the later of both for each.</summary>
    public RevokedBefore With(RevokedBefore other) => Of(
        Later(Deployment, other.Deployment),
        _clients.Keys.Union(other._clients.Keys).Select(client => KeyValuePair.Create(client, Later(OfClient(client), other.OfClient(client)))));

    /// <summary>Whether none of the other's instants is later.</summary>
    public bool Covers(RevokedBefore other) =>
        Deployment >= other.Deployment && other._clients.All(client => Later(OfClient(client.Key), Deployment) >= client.Value);

    /// <summary>The latest instant that counts for sessions of a client, or for those without a key.</summary>
    public DateTimeOffset LatestOf(UInt128? client) =>
        _clients.Count == 0 || client is not { } keys ? Deployment : Later(OfClient(keys), Deployment);

    /// <summary>The instants that count for sessions of a client, or for those without a key.</summary>
    public IEnumerable<DateTimeOffset> AllOf(UInt128? client) => client is { } keys ? [Deployment, OfClient(keys)] : [Deployment];

    /// <summary>Why a session of then is not live, and since when; null when no instant is later.</summary>
    public (string Reason, DateTimeOffset At)? EndOf(DateTimeOffset created, UInt128? client)
    {
        if (created < Deployment)
        {
            return (EndReasons.RevokedBefore, Deployment);
        }

        return created < LatestOf(client) ? (EndReasons.KeysRevoked, LatestOf(client)) : null;
    }

    private DateTimeOffset OfClient(UInt128 client) => _clients.TryGetValue(client, out var instant) ? instant : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
