namespace SessionFunctions.Client.Passports;

/// <summary>A public key that verifies passports (RFC 7517), as the API publishes it.</summary>
public sealed record PassportKey
{
    /// <summary>Gets the id that passports name in <c>kid</c>.</summary>
    public required string Kid { get; init; }

    /// <summary>Gets the type, <c>EC</c>.</summary>
    public required string Kty { get; init; }

    /// <summary>Gets the curve, <c>P-256</c>; null for keys of another type.</summary>
    public string? Crv { get; init; }

    /// <summary>Gets the only algorithm of the key, <c>ES256</c>.</summary>
    public string? Alg { get; init; }

    /// <summary>Gets the x coordinate in base64url.</summary>
    public string? X { get; init; }

    /// <summary>Gets the y coordinate in base64url.</summary>
    public string? Y { get; init; }
}
