using System.Buffers.Binary;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>The one row of the deployment: the instants before which sessions count as ended, and the numbers of all keys.</summary>
/// <param name="Revoked">The instants.</param>
/// <param name="KeyIds">The keys that some instance has had, in ascending order.</param>
/// <param name="ETag">The entity tag as read; null for a row that is still to be inserted.</param>
internal sealed record DeploymentRow(RevokedBefore Revoked, IReadOnlyList<uint> KeyIds, string? ETag)
{
    // Sorts after the users' partitions, which are hex.
    public const string PartitionKey = "~control";
    public const string RowKey = "deployment";

    private const string InstantName = "instant";
    private const string KeysName = "keys";
    private const string ClientsName = "clients";
    private const string SinceName = "since";
    private const int IdBytes = sizeof(uint);
    private const int SinceBytes = sizeof(uint) + sizeof(long);
    private const int ClientBytes = 16 + sizeof(long);

    /// <summary>Gets the row of a deployment that has none yet.</summary>
    public static DeploymentRow None { get; } = new(RevokedBefore.None, [], ETag: null);

    /// <summary>Gets when keys were announced, for those that were while this was recorded. For operators only.</summary>
    public IReadOnlyDictionary<uint, DateTimeOffset> KeysSince { get; init; } = new Dictionary<uint, DateTimeOffset>();

    /// <summary>Reads a row. Its content is trusted only after <see cref="Check"/>.</summary>
    /// <returns>Null when the row is malformed.</returns>
    public static DeploymentRow? Read(TableRow row) =>
        row.GetBinary(KeysName) is { } keys && keys.Length % IdBytes == 0
        && ClientsOf(row.GetBinary(ClientsName) ?? []) is { } clients
            ? new DeploymentRow(RevokedBefore.Of(row.GetTime(InstantName) ?? DateTimeOffset.MinValue, clients), IdsOf(keys), row.ETag)
            {
                KeysSince = SinceOf(row.GetBinary(SinceName) ?? []),
            }
            : null;

    /// <summary>Verifies the tag of a row.</summary>
    public Opening Check(TableRow row, RowTags tags) => tags.Check(ToFacts(), row.GetBinary(RowTags.Name), out _);

    /// <summary>Whether the row lists all keys of a ring and is tagged under its active key.</summary>
    public bool Knows(KeyRing keys, TableRow row, RowTags tags) =>
        keys.All.All(key => KeyIds.Contains(key.Id)) && tags.IsUnderActiveKey(row.GetBinary(RowTags.Name)!); // verified, so it has a tag

    /// <summary>Returns the row with the keys of a ring; those that are new have been announced now.</summary>
    public DeploymentRow With(KeyRing keys, DateTimeOffset now) => this with
    {
        KeyIds = [.. KeyIds.Union(keys.All.Select(key => key.Id)).Order()],
        KeysSince = KeysSince.Concat(keys.All.Select(key => key.Id).Except(KeyIds).Select(id => KeyValuePair.Create(id, now)))
            .DistinctBy(key => key.Key)
            .ToDictionary(),
    };

    /// <summary>Returns the write that replaces the row as read.</summary>
    public TableWrite ToWrite(RowTags tags)
    {
        var row = new TableRow(PartitionKey, RowKey)
            .Set(InstantName, Revoked.Deployment > DateTimeOffset.MinValue ? Revoked.Deployment : null)
            .Set(ClientsName, Revoked.Clients.Count > 0 ? BytesOf(Revoked.Clients) : null)
            .Set(KeysName, BytesOf(KeyIds))
            .Set(SinceName, KeysSince.Count > 0 ? BytesOf(KeysSince) : null)
            .Set(RowTags.Name, tags.MakeForAll(ToFacts()));
        return ETag is null ? TableWrite.Insert(row) : TableWrite.Replace(row, ETag);
    }

    private RowFacts ToFacts()
    {
        var facts = new RowFacts("deployment", PartitionKey, RowKey).Put(Revoked.Deployment).Put(BytesOf(KeyIds)).Put(BytesOf(Revoked.Clients));
        return KeysSince.Count > 0 ? facts.Put(BytesOf(KeysSince)) : facts;
    }

    private static uint[] IdsOf(byte[] bytes) =>
        [.. bytes.Chunk(IdBytes).Select(id => BinaryPrimitives.ReadUInt32BigEndian(id))];

    private static Dictionary<uint, DateTimeOffset> SinceOf(byte[] bytes) => bytes.Chunk(SinceBytes)
        .Where(key => key.Length == SinceBytes)
        .Select(key => (Id: BinaryPrimitives.ReadUInt32BigEndian(key), At: BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(sizeof(uint)))))
        .Where(key => key.At >= 0 && key.At <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        .DistinctBy(key => key.Id)
        .ToDictionary(key => key.Id, key => DateTimeOffset.FromUnixTimeMilliseconds(key.At));

    private static KeyValuePair<UInt128, DateTimeOffset>[]? ClientsOf(byte[] bytes)
    {
        if (bytes.Length % ClientBytes != 0)
        {
            return null;
        }

        var clients = bytes.Chunk(ClientBytes)
            .Select(client => (Number: BinaryPrimitives.ReadUInt128BigEndian(client), At: BinaryPrimitives.ReadInt64BigEndian(client.AsSpan(16))))
            .ToArray();
        return clients.All(client => client.At >= 0 && client.At <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            && clients.DistinctBy(client => client.Number).Count() == clients.Length
                ? [.. clients.Select(client => KeyValuePair.Create(client.Number, DateTimeOffset.FromUnixTimeMilliseconds(client.At)))]
                : null;
    }

    private static byte[] BytesOf(IReadOnlyDictionary<uint, DateTimeOffset> since)
    {
        var bytes = new byte[SinceBytes * since.Count];
        foreach (var (i, (id, at)) in since.OrderBy(key => key.Key).Index())
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(SinceBytes * i), id);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan((SinceBytes * i) + sizeof(uint)), at.ToUnixTimeMilliseconds());
        }

        return bytes;
    }

    private static byte[] BytesOf(IReadOnlyDictionary<UInt128, DateTimeOffset> clients)
    {
        var bytes = new byte[ClientBytes * clients.Count];
        foreach (var (i, (client, instant)) in clients.OrderBy(client => client.Key).Index())
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(ClientBytes * i), client);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan((ClientBytes * i) + 16), instant.ToUnixTimeMilliseconds());
        }

        return bytes;
    }

    private static byte[] BytesOf(IReadOnlyList<uint> ids)
    {
        var bytes = new byte[IdBytes * ids.Count];
        for (var i = 0; i < ids.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(IdBytes * i), ids[i]);
        }

        return bytes;
    }
}
