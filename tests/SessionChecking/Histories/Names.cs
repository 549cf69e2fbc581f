using System.Globalization;
using SessionCore.Sessions;
using Support.Tables;

namespace SessionChecking.Histories;

/// <summary>Short names for what is random in every run: the same seed gives the same names.</summary>
internal sealed class Names
{
    private const string SessionKey = "session:{";
    private const string UserKey = "user:{";
    private const string HintKey = "key:{";
    private const int PartitionChars = 32;

    private readonly Dictionary<UInt128, string> _users = [];
    private readonly Dictionary<SessionLocator, string> _sessions = [];

    public string Of(UInt128 partition)
    {
        if (!_users.TryGetValue(partition, out var name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"u{_users.Count + 1}");
            _users.Add(partition, name);
        }

        return name;
    }

    public string Of(SessionLocator session)
    {
        if (!_sessions.TryGetValue(session, out var name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"s{_sessions.Count + 1}");
            _sessions.Add(session, name);
        }

        return name;
    }

    /// <summary>The name of a cache key.</summary>
    public string Of(string key) => Read(key) switch
    {
        (_, { } session) => Of(session),
        var (partition, _) => $"{(key.StartsWith(HintKey, StringComparison.Ordinal) ? "hint" : "list")} of {Of(partition)}",
        _ => key,
    };

    /// <summary>Names the sessions of a call to a table, whether anybody asks for their names or not: so that numbers follow the order of events.</summary>
    public void Meet(TableOperation operation)
    {
        if (operation is { PartitionKey: { } partition, RowKey: { } row })
        {
            Meet(partition, row);
        }

        foreach (var write in operation.Writes)
        {
            Meet(write.Row.PartitionKey, write.Row.RowKey);
        }
    }

    /// <summary>The number in a session's name.</summary>
    public int NumberOf(SessionLocator session) => int.Parse(Of(session).AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Whether a cache key's name does not hang on when it is asked for.</summary>
    public bool Knows(string key) =>
        Read(key) is var (partition, session) && (session is { } it ? _sessions.ContainsKey(it) : _users.ContainsKey(partition));

    /// <summary>Whether two ids, or two tokens, share a place in a table that the core keeps by a part of them: then chance has its hand in the schedule.</summary>
    /// <param name="places">How many places there are.</param>
    /// <param name="tokens">The tokens that were presented; a fault may have given one to two sessions.</param>
    public bool HasCollision(int places, IEnumerable<HeldToken> tokens) =>
        !AreApart(_sessions.Keys.Select(session => session.Id).Concat(_users.Keys).Select(id => (int)(id % (uint)places)))
        || !AreApart(tokens.DistinctBy(token => token.Read.SecretHash.Fingerprint).Select(token => token.Read.SecretHash.SlotOf(places)));

    private static bool AreApart(IEnumerable<int> slots)
    {
        var taken = new HashSet<int>();
        return slots.All(taken.Add);
    }

    private void Meet(string partitionKey, string rowKey)
    {
        if (SessionLocator.TryParseKeys(partitionKey, rowKey, out var session)
            || (rowKey.Length > PartitionChars + 2 && SessionLocator.TryParseKeys(rowKey[..PartitionChars], rowKey[PartitionChars..], out session)))
        {
            _ = Of(session);
            _ = Of(session.Partition);
        }
    }

    private static (UInt128 Partition, SessionLocator? Session)? Read(string key)
    {
        if (key.StartsWith(SessionKey, StringComparison.Ordinal))
        {
            var partition = Hex(key.AsSpan(SessionKey.Length, 32));
            return (partition, new SessionLocator(partition, Hex(key.AsSpan(key.Length - 32))));
        }

        if (key.StartsWith(HintKey, StringComparison.Ordinal))
        {
            return (Hex(key.AsSpan(HintKey.Length, 32)), null);
        }

        return key.StartsWith(UserKey, StringComparison.Ordinal) ? (Hex(key.AsSpan(UserKey.Length, 32)), null) : null;
    }

    private static UInt128 Hex(ReadOnlySpan<char> text) => UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
