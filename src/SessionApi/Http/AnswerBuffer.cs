using System.Buffers;
using System.Globalization;

namespace SessionApi.Http;

/// <summary>Pooled buffer for an answer, so that its length is known before the first byte is sent.</summary>
internal sealed class AnswerBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialBytes = 2048;
    private const int LongestNumber = 32;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    public void Append<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(GetSpan(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Appends ASCII text that needs no escapes in JSON: ids, tokens, reasons, entity tags.</summary>
    public void AppendAscii(ReadOnlySpan<char> text)
    {
        var span = GetSpan(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            span[i] = (byte)text[i];
        }

        _length += text.Length;
    }

    /// <summary>Removes the closing brace of an object, so that members can follow.</summary>
    public void ReopenObject() => _length--;

    /// <summary>Removes what was appended after a length.</summary>
    public void Shorten(int length)
    {
        _bytes.AsSpan(length, _length - length).Clear();
        _length = length;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    // The buffer may hold claims and data, so it is cleared before it returns to the shared pool.
    public void Dispose()
    {
        var bytes = _bytes;
        if (bytes.Length == 0)
        {
            return;
        }

        _bytes = [];
        bytes.AsSpan(0, _length).Clear();
        _length = 0;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _bytes.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
