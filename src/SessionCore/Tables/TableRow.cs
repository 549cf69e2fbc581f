using System.Diagnostics.CodeAnalysis;

namespace SessionCore.Tables;

/// <summary>Row: keys, entity tag if it was read, and typed properties in the order of assignment.</summary>
/// <remarks>
/// Values are <see cref="string"/>, byte arrays, <see cref="bool"/>, <see cref="int"/>, <see cref="long"/> or
/// <see cref="DateTimeOffset"/> (UTC, 100 ns). A property that is absent reads as null: Table Storage stores no nulls.
/// </remarks>
public sealed class TableRow(string partitionKey, string rowKey, string? etag = null)
{
    private readonly List<KeyValuePair<string, object>> _properties = [];

    // For readers that know the number of properties.
    internal TableRow(string partitionKey, string rowKey, string etag, int properties)
        : this(partitionKey, rowKey, etag) => _properties.EnsureCapacity(properties);

    /// <summary>Gets the partition key.</summary>
    public string PartitionKey { get; } = partitionKey;

    /// <summary>Gets the row key, unique within the partition.</summary>
    public string RowKey { get; } = rowKey;

    /// <summary>Gets the entity tag as read, opaque; null for a row that was not read.</summary>
    public string? ETag { get; } = etag;

    /// <summary>Gets the properties, without keys, entity tag and time stamp.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Properties => _properties;

    /// <summary>Sets a property; null omits it.</summary>
    /// <exception cref="ArgumentException">The type of the value is not supported, or the property is already set.</exception>
    public TableRow Set(string name, object? value)
    {
        if (value is null)
        {
            return this;
        }

        if (value is not (string or byte[] or bool or int or long or DateTimeOffset))
        {
            throw new ArgumentException($"Values of type {value.GetType().Name} are not supported.", nameof(value));
        }

        if (TryGet(name, out _))
        {
            throw new ArgumentException($"The row already has a property {name}.", nameof(name));
        }

        _properties.Add(new KeyValuePair<string, object>(name, value));
        return this;
    }

    /// <summary>Reads a string; null when absent or of another type.</summary>
    public string? GetString(string name) => TryGet(name, out var value) ? value as string : null;

    /// <summary>Reads binary; null when absent or of another type.</summary>
    public byte[]? GetBinary(string name) => TryGet(name, out var value) ? value as byte[] : null;

    /// <summary>Reads a 64-bit or 32-bit integer; null when absent or of another type.</summary>
    public long? GetInt64(string name) => TryGet(name, out var value) ? value switch { long l => l, int i => i, _ => null } : null;

    /// <summary>Reads a Boolean; null when absent or of another type.</summary>
    public bool? GetBoolean(string name) => TryGet(name, out var value) ? value as bool? : null;

    /// <summary>Reads a time in UTC; null when absent or of another type.</summary>
    public DateTimeOffset? GetTime(string name) => TryGet(name, out var value) ? value as DateTimeOffset? : null;

    // Rows have about a dozen properties, for which a scan is cheaper than a dictionary per row.
    private bool TryGet(string name, [NotNullWhen(true)] out object? value)
    {
        foreach (var property in _properties)
        {
            if (string.Equals(property.Key, name, StringComparison.Ordinal))
            {
                value = property.Value;
                return true;
            }
        }

        value = null;
        return false;
    }
}
