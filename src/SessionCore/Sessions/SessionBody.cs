using System.Buffers.Binary;

namespace SessionCore.Sessions;

/// <summary>The part of a session that no store sees in clear: JSON texts, as they are answered.</summary>
/// <param name="Device">The device member's JSON.</param>
/// <param name="Claims">The JSON of the member <c>claims</c>.</param>
/// <param name="Data">The JSON of the member <c>data</c>.</param>
internal sealed record SessionBody(ReadOnlyMemory<byte> Device, ReadOnlyMemory<byte> Claims, ReadOnlyMemory<byte> Data)
{
    // Format 2: one byte 0x02; then device, claims, data, authentication methods and actor, each as its length (int32, little endian) and its bytes.
    private const byte Format = 2;

    /// <summary>Gets the authentication methods as a JSON array; empty when none is known.</summary>
    public ReadOnlyMemory<byte> Methods { get; init; }

    /// <summary>Gets who acts as the user, as a JSON object; empty when the user does.</summary>
    public ReadOnlyMemory<byte> Actor { get; init; }

    public byte[] ToBytes()
    {
        var bytes = new byte[1 + (5 * sizeof(int)) + Device.Length + Claims.Length + Data.Length + Methods.Length + Actor.Length];
        bytes[0] = Format;
        var rest = bytes.AsSpan(1);
        rest = Put(rest, Device.Span);
        rest = Put(rest, Claims.Span);
        rest = Put(rest, Data.Span);
        rest = Put(rest, Methods.Span);
        Put(rest, Actor.Span);
        return bytes;
    }

    /// <summary>Reads the output of <see cref="ToBytes"/>; null for anything else.</summary>
    public static SessionBody? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Span[0] != Format)
        {
            return null;
        }

        bytes = bytes[1..];
        return TryTake(ref bytes, out var device)
            && TryTake(ref bytes, out var claims)
            && TryTake(ref bytes, out var data)
            && TryTake(ref bytes, out var methods)
            && TryTake(ref bytes, out var actor)
            && bytes.IsEmpty
                ? new SessionBody(device, claims, data) { Methods = methods, Actor = actor }
                : null;
    }

    private static Span<byte> Put(Span<byte> target, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, part.Length);
        part.CopyTo(target[sizeof(int)..]);
        return target[(sizeof(int) + part.Length)..];
    }

    private static bool TryTake(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> part)
    {
        part = default;
        if (bytes.Length < sizeof(int))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length < 0 || length > bytes.Length - sizeof(int))
        {
            return false;
        }

        part = bytes.Slice(sizeof(int), length);
        bytes = bytes[(sizeof(int) + length)..];
        return true;
    }
}
