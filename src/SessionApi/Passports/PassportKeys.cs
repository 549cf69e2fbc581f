using System.Text.Json;
using Microsoft.Extensions.Options;
using SessionCore.Protection;

namespace SessionApi.Passports;

/// <summary>Keys of passports: the one that signs, and the public part of all as a JWK set (RFC 7517).</summary>
internal sealed class PassportKeys
{
    /// <summary>Builds the keys from validated options.</summary>
    public PassportKeys(IOptions<PassportOptions> options)
    {
        var keys = options.Value.Enabled ? options.Value.Keys.Select(key => (Key: PassportKey.Of(key.Key), key.State)).ToArray() : [];
        Signing = Array.Find(keys, key => key.State is KeyState.Active).Key;
        Json = Render(keys.Select(key => key.Key));
        Tag = $"\"{string.Join('.', keys.Select(key => key.Key.Id[..16]))}\"";
    }

    /// <summary>Gets the key that signs; null where passports are off.</summary>
    public PassportKey? Signing { get; }

    /// <summary>Gets the JWK set.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Gets the entity tag of the set.</summary>
    public string Tag { get; }

    private static byte[] Render(IEnumerable<PassportKey> keys)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys"u8);
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("kty"u8, "EC"u8);
                json.WriteString("use"u8, "sig"u8);
                json.WriteString("alg"u8, "ES256"u8);
                json.WriteString("crv"u8, "P-256"u8);
                json.WriteString("kid"u8, key.Id);
                json.WriteString("x"u8, key.X);
                json.WriteString("y"u8, key.Y);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
