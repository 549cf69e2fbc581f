using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Row of a key: names the session that the key finds.</summary>
/// <remarks>Its partition and row key are the two halves of the key's digest, so that no other key and no other client leads to it.</remarks>
internal sealed record KeyRow : ITaggedRow
{
    /// <summary>The properties that <see cref="Read"/> and <see cref="ToFacts"/> need.</summary>
    public static readonly IReadOnlyList<string> Outline = [ClientName, UserName, SessionName, CreatedName, ReservedName, RowTags.Name];

    private const string Prefix = "k_";
    private const string ClientName = "client";
    private const string UserName = "user";
    private const string SessionName = "names";
    private const string CreatedName = "created";
    private const string ReservedName = "reserved";

    /// <summary>Gets the partition: the first half of the key's digest.</summary>
    public required UInt128 Partition { get; init; }

    /// <summary>Gets the second half of the key's digest.</summary>
    public required UInt128 Id { get; init; }

    /// <summary>Gets whose key it is.</summary>
    public required string Client { get; init; }

    /// <summary>Gets the user of the session; null for an anonymous one.</summary>
    public required string? UserId { get; init; }

    /// <summary>Gets the session; its row may not be there yet, or no more.</summary>
    public required SessionLocator Session { get; init; }

    /// <summary>Gets when the session was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the row was written to name the session.</summary>
    public required DateTimeOffset ReservedAt { get; init; }

    /// <summary>Gets the entity tag as read or written; null for a row that is still to be inserted.</summary>
    public string? ETag { get; init; }

    public string PartitionKey => SessionLocator.Hex(Partition);

    public string RowKey => RowKeyOf(Id);

    /// <summary>Gets the number of the client's keys as a whole.</summary>
    public UInt128 Namespace => SessionKey.NamespaceOf(Client);

    public static string RowKeyOf(UInt128 id) => string.Concat(Prefix, SessionLocator.Hex(id));

    /// <summary>Returns the row in which a key names a session, in the place of the one that was read.</summary>
    public static KeyRow Naming(in SessionKey key, Session session, DateTimeOffset now, KeyRow? before) => new()
    {
        Partition = key.Partition,
        Id = key.Id,
        Client = key.Client,
        UserId = session.UserId,
        Session = session.Locator,
        CreatedAt = session.CreatedAt,
        ReservedAt = now,
        ETag = before?.ETag,
    };

    /// <summary>Whether a row is one of a key, by its row key.</summary>
    public static bool Is(TableRow row) => row.RowKey.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads a row. What it says counts only after <see cref="GenuineRows"/> has checked its tag.</summary>
    /// <returns>Null when it does not say what it must.</returns>
    public static KeyRow? Read(TableRow row) =>
        Is(row)
        && SessionLocator.TryParseHex(row.PartitionKey, out var partition)
        && SessionLocator.TryParseHex(row.RowKey.AsSpan(Prefix.Length), out var id)
        && row.GetString(ClientName) is { } client
        && row.GetBinary(SessionName) is { Length: SessionLocator.ByteLength } session
        && row.GetTime(CreatedName) is { } created
        && row.GetTime(ReservedName) is { Year: < 9000 } reserved
            ? new KeyRow
            {
                Partition = partition,
                Id = id,
                Client = client,
                UserId = row.GetString(UserName),
                Session = SessionLocator.Read(session),
                CreatedAt = created,
                ReservedAt = reserved,
                ETag = row.ETag,
            }
            : null;

    /// <summary>The write that puts this row in the place of the one that was read.</summary>
    public TableWrite ToWrite(RowTags tags)
    {
        var row = new TableRow(PartitionKey, RowKey)
            .Set(ClientName, Client)
            .Set(UserName, UserId)
            .Set(SessionName, SessionBytes())
            .Set(CreatedName, CreatedAt)
            .Set(ReservedName, ReservedAt)
            .Set(RowTags.Name, tags.Make(ToFacts()));
        return ETag is null ? TableWrite.Insert(row) : TableWrite.Replace(row, ETag);
    }

    public RowFacts ToFacts() => new RowFacts("key", PartitionKey, RowKey)
        .Put(Client)
        .Put(UserId)
        .Put(SessionBytes())
        .Put(CreatedAt)
        .Put(ReservedAt);

    private byte[] SessionBytes()
    {
        var bytes = new byte[SessionLocator.ByteLength];
        Session.Write(bytes);
        return bytes;
    }
}
