using System.Security.Cryptography;
using System.Text;

namespace SessionFunctions.Client;

/// <summary>Key of a session that its client chooses: the SHA-256 value of the client's own id, so that no secret of a user is in a URL, a log or a store.</summary>
public readonly record struct SessionKey
{
    private readonly string? _value;

    private SessionKey(string value) => _value = value;

    /// <summary>The key of an id. Put a prefix before the id to keep the ids of several applications apart.</summary>
    /// <param name="id">The id; its UTF-8 form is hashed.</param>
    public static SessionKey Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Of(Encoding.UTF8.GetBytes(id));
    }

    /// <summary>The key of an id.</summary>
    public static SessionKey Of(ReadOnlySpan<byte> id)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, digest);
        return new SessionKey(Convert.ToBase64String(digest).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
    }

    /// <summary>Gets the key as a path of the API holds it.</summary>
    /// <exception cref="InvalidOperationException">The key is the default value.</exception>
    internal string Value => _value ?? throw new InvalidOperationException("The key is empty. Make one with SessionKey.Of.");

    /// <summary>Returns the 43 characters of base64url that the API knows the key by. They are no secret. Empty for the default value.</summary>
    public override string ToString() => _value ?? "";
}
