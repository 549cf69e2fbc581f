using System.Text;

namespace SessionApi.Http;

/// <summary>The members an object of a request may have; each is known by its place in the list.</summary>
internal sealed class MemberNames(params string[] names)
{
    /// <summary>More would not fit the reader's record of what it has seen.</summary>
    public const int MaxMembers = 32;

    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => names.Length;

    public override string ToString() => names.Length == 0 ? "none" : string.Join(", ", names);

    public string this[int index] => names[index];

    public ReadOnlySpan<byte> Utf8(int index) => _utf8[index];
}
