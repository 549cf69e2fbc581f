using SessionCore.Sessions;

namespace SessionApi.Passports;

/// <summary>
/// The signatures of the passports that were issued last, so that the same passport can be given again within <see cref="MaxAgeSeconds"/>. A
/// signature is found by session and audience, but is reused only for exactly the bytes that it signs. Bounded; thread-safe without locks.
/// </summary>
/// <remarks>It keeps no passports: a signature and a digest do not tell what was signed.</remarks>
internal sealed class PassportSignatures
{
    /// <summary>For how many seconds after <c>iat</c> a passport is given again. Its life is shorter by less than that.</summary>
    public const int MaxAgeSeconds = 5;

    /// <summary>The most signatures that are kept, about 200 bytes each.</summary>
    public const int Capacity = Sets * Ways;

    private const int Sets = 8192;
    private const int Ways = 2;

    private readonly PassportSignature?[] _kept = new PassportSignature?[Capacity];

    /// <summary>Returns the latest signature of a session for an audience; null when there is none that is young enough.</summary>
    /// <param name="session">The session.</param>
    /// <param name="audience">The audience.</param>
    /// <param name="now">The time in Unix seconds. A signature of the future, which a clock set back leaves behind, is not returned.</param>
    public PassportSignature? Find(SessionId session, string audience, long now)
    {
        var set = SetOf(session, audience);
        for (var slot = set; slot < set + Ways; slot++)
        {
            if (Volatile.Read(ref _kept[slot]) is { } kept && kept.IsOf(session, audience))
            {
                return IsYoung(kept, now) ? kept : null;
            }
        }

        return null;
    }

    /// <summary>Keeps a signature, in place of one for the same session and audience or else of the oldest in its way.</summary>
    public void Keep(PassportSignature signature)
    {
        var set = SetOf(signature.Session, signature.Audience);
        var chosen = set;
        for (var slot = set; slot < set + Ways; slot++)
        {
            var kept = Volatile.Read(ref _kept[slot]);
            if (kept is null || kept.IsOf(signature.Session, signature.Audience))
            {
                chosen = slot;
                break;
            }

            chosen = kept.IssuedAt < _kept[chosen]!.IssuedAt ? slot : chosen; // a slot is never emptied
        }

        Volatile.Write(ref _kept[chosen], signature);
    }

    private static bool IsYoung(PassportSignature kept, long now) => kept.IssuedAt <= now && now - kept.IssuedAt < MaxAgeSeconds;

    private static int SetOf(SessionId session, string audience) => (int)((uint)HashCode.Combine(session, audience) % Sets) * Ways;
}

/// <summary>Signature of a passport.</summary>
/// <param name="session">The session.</param>
/// <param name="audience">The audience.</param>
/// <param name="issuedAt">Its <c>iat</c>.</param>
/// <param name="hash">SHA-256 of what is signed, header and payload; not copied.</param>
/// <param name="signature">The signature; not copied.</param>
internal sealed class PassportSignature(SessionId session, string audience, long issuedAt, byte[] hash, byte[] signature)
{
    public SessionId Session => session;

    public string Audience => audience;

    public long IssuedAt => issuedAt;

    public ReadOnlySpan<byte> Bytes => signature;

    /// <summary>Whether it is the signature of a header and a payload with that hash.</summary>
    public bool Signs(ReadOnlySpan<byte> other) => other.SequenceEqual(hash);

    /// <summary>Whether it is of a session and an audience, with whatever facts.</summary>
    public bool IsOf(SessionId other, string otherAudience) => session == other && audience == otherAudience;
}
