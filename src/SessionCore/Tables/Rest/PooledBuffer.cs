using System.Buffers;

namespace SessionCore.Tables.Rest;

/// <summary>Bytes in a rented array that grows: the body of one request or answer.</summary>
internal sealed class PooledBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[]? _array = ArrayPool<byte>.Shared.Rent(capacity);
    private bool _abandoned;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => Array.AsMemory(0, Length);

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return Array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return Array.AsSpan(Length);
    }

    /// <summary>
    /// Leaves the array to the garbage collector. After a call that ended without an answer the transport may still be
    /// reading or writing it, and a pooled array would then show one caller's bytes to another.
    /// </summary>
    public void Abandon() => _abandoned = true;

    public void Dispose()
    {
        if (_array is not null && !_abandoned)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = null;
    }

    private void EnsureRoom(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= Array.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * Array.Length));
        Array.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Array);
        _array = larger;
    }
}
