using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Sessions;

namespace SessionChecking.Workloads;

/// <summary>A key of a client of the API. Two clients may choose the same text.</summary>
/// <param name="Service">The client: its name is in all data that it saves.</param>
/// <param name="Text">What the key is made of.</param>
/// <param name="Key">The key as the core takes it.</param>
internal sealed record NamedKey(string Service, string Text, SessionKey Key)
{
    private static readonly (string Service, string Text)[] Chosen = [("shop", "a"), ("mail", "a"), ("shop", "b")];

    /// <summary>The keys of a history, the most used first.</summary>
    /// <param name="keyOf">Reads the key of a client from its text.</param>
    public static IReadOnlyList<NamedKey> All(Func<string, string, SessionKey> keyOf) =>
        [.. Chosen.Select(it => new NamedKey(it.Service, it.Text, keyOf(it.Service, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(it.Text))))))];

    /// <summary>Reads a key as the API does.</summary>
    public static SessionKey Read(string service, string text) =>
        SessionKey.TryParse(service, text, out var key) ? key : throw new ArgumentException("This is no key.", nameof(text));

    public override string ToString() => $"{Service}/{Text}";
}
