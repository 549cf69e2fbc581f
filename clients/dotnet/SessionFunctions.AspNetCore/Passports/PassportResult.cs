using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>Result of a verification: the passport, or why it is refused, or why nothing is known.</summary>
internal readonly record struct PassportResult
{
    /// <summary>Gets the passport; null when it is not accepted.</summary>
    public Passport? Passport { get; private init; }

    /// <summary>Gets why it is refused; null when it is not.</summary>
    public PassportRefusal? Refusal { get; private init; }

    /// <summary>Gets why nothing is known; null when something is.</summary>
    public SessionsException? Failure { get; private init; }

    public static PassportResult Accepted(Passport passport) => new() { Passport = passport };

    public static PassportResult Refused(PassportRefusal refusal) => new() { Refusal = refusal };

    public static PassportResult Unknown(SessionsException failure) => new() { Failure = failure };
}

/// <summary>Why a passport is refused.</summary>
internal enum PassportRefusal
{
    /// <summary>It is no passport at all, or a claim is missing or of another form.</summary>
    Malformed,

    /// <summary>It is signed by another algorithm than ES256, or not at all.</summary>
    Algorithm,

    /// <summary>It is a token of another type.</summary>
    Type,

    /// <summary>Its header brings or names a key, or demands an extension.</summary>
    Header,

    /// <summary>The API publishes no key of its id.</summary>
    Key,

    Signature,
    Issuer,
    Audience,
    IssuedInFuture,
    Expired,

    /// <summary>It is valid for longer than the API issues passports.</summary>
    Lifetime,

    /// <summary>Its session has ended.</summary>
    Ended,
}
