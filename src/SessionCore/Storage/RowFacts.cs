using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SessionCore.Storage;

/// <summary>
/// Canonical encoding of a row's content for its tag: length-prefixed values, so that different rows have different encodings.
/// </summary>
internal sealed class RowFacts
{
    private const int None = -1;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <summary>Begins with the kind of row and its keys, so that a tag is valid for this row only.</summary>
    public RowFacts(string kind, string partitionKey, string rowKey) => Put(kind).Put(partitionKey).Put(rowKey);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public RowFacts Put(string? value)
    {
        if (value is null)
        {
            PutLength(None);
            return this;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        PutLength(length);
        Encoding.UTF8.GetBytes(value, _bytes.GetSpan(length));
        _bytes.Advance(length);
        return this;
    }

    public RowFacts Put(long value)
    {
        PutLength(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public RowFacts Put(DateTimeOffset? value)
    {
        if (value is { } time)
        {
            return Put(time.UtcTicks);
        }

        PutLength(None);
        return this;
    }

    public RowFacts Put(ReadOnlySpan<byte> value)
    {
        PutLength(value.Length);
        _bytes.Write(value);
        return this;
    }

    private void PutLength(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), length);
        _bytes.Advance(sizeof(int));
    }
}
