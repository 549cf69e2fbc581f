namespace SessionCore.Caching.Redis;

/// <summary>Lua scripts of the protocol's read-and-write steps. They use commands of Redis 7.0 only.</summary>
/// <remarks>
/// A key with another Redis type than string counts as empty: this service did not write it, and a lease or a tombstone replaces it. So
/// the value is read by <c>pcall</c>, which returns a table instead of a string for such a key.
/// </remarks>
internal static class RedisScripts
{
    // KEYS: the key. ARGV: lease, its milliseconds, and optionally the prefix of the value that may be replaced.
    public const string Lease = """
        local present = redis.pcall('GET', KEYS[1])
        local stamp = ARGV[3]
        local replaceable = stamp and (present == stamp or (stamp ~= '' and type(present) == 'string' and string.sub(present, 1, #stamp) == stamp))
        if type(present) == 'string' and not replaceable then return present end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return false
        """;

    // KEYS: the key. ARGV: the caller's lease, the value, its milliseconds.
    public const string Fill = """
        if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """;

    // KEYS: the key. ARGV: the value, its milliseconds. Bytes 2 to 17 are the version in hex, so text order is its order.
    public const string Refresh = """
        local present = redis.pcall('GET', KEYS[1])
        if type(present) ~= 'string' then return 0 end
        local kind = string.sub(present, 1, 1)
        if kind == 'V' and string.sub(present, 2, 17) < string.sub(ARGV[1], 2, 17) then
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return 1
        end
        if kind == 'L' then redis.call('DEL', KEYS[1]) end
        return 0
        """;

    // KEYS: the tombstones' keys, then the keys to remove. ARGV: milliseconds, then one value for each tombstone.
    // Removal comes first: a key named twice ends with its tombstone.
    public const string Entomb = """
        local tombstones = #ARGV - 1
        for i = tombstones + 1, #KEYS do redis.call('DEL', KEYS[i]) end
        for i = 1, tombstones do redis.call('SET', KEYS[i], ARGV[i + 1], 'PX', ARGV[1]) end
        return tombstones
        """;

    // KEYS: the key. ARGV: nothing, or the prefix that the value must have.
    public const string Remove = """
        local stamp = ARGV[1]
        if stamp then
          local present = redis.pcall('GET', KEYS[1])
          if type(present) ~= 'string' or (present ~= stamp and (stamp == '' or string.sub(present, 1, #stamp) ~= stamp)) then return 0 end
        end
        return redis.call('DEL', KEYS[1])
        """;
}
