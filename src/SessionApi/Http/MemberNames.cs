using System.Text;

namespace SessionApi.Http;

/// <summary>Names of the members that an object of a request may have. Readers refer to them by index.</summary>
internal sealed class MemberNames(params string[] names)
{
    /// <summary>The most members: the reader marks seen members in 32 bits.</summary>
    public const int MaxMembers = 32;

    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => names.Length;

    public override string ToString() => names.Length == 0 ? "none" : string.Join(", ", names);

    public string this[int index] => names[index];

    public ReadOnlySpan<byte> Utf8(int index) => _utf8[index];
}
