using SessionFunctions.Client.Passports;

namespace SessionChecking.Passports;

/// <summary>A back end: the knowledge of the .NET package, fed by a network of chance, and the rules around it.</summary>
/// <param name="clock">Its clock.</param>
/// <param name="fault">A fault to plant.</param>
internal sealed class ModelVerifier(TimeProvider clock, PassportFault fault)
{
    /// <summary>The age up to which it uses its knowledge.</summary>
    public static readonly TimeSpan MaxFeedAge = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(20);

    private readonly EndingsKnowledge _knowledge = new(clock);
    private int _pages;

    /// <summary>Gets the cursor of its next poll; null to begin.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Gets the moment of an asking.</summary>
    public FeedMoment Now => FeedMoment.Now(clock);

    /// <summary>Takes an answer.</summary>
    /// <param name="body">The body, in the compact form.</param>
    /// <param name="asked">When it was asked for.</param>
    public void Take(byte[] body, FeedMoment asked)
    {
        var page = EndingsPage.Parse(body) ?? throw new InvalidOperationException("The feed answered what the client does not read.");
        Cursor = page.Cursor;
        if (fault is PassportFault.CursorSkips && page.Count > 0 && ++_pages % 4 == 0)
        {
            page = EndingsPage.Parse(WithoutEndings(body))!; // as before, without entries
        }

        if (fault is PassportFault.PrunedTooEarly)
        {
            page = EndingsPage.Parse(WithKeep(body, TooShort))!; // as before, with another number
        }

        _knowledge.Take(page, fault is PassportFault.AgeFromArrival ? Now : asked);
    }

    /// <summary>Begins again: its cursor counts no more.</summary>
    public void Forget() => Cursor = null;

    /// <summary>Whether a passport is accepted.</summary>
    /// <param name="passport">The passport, whose signature is good.</param>
    /// <param name="hasEnded">Asks about the session; null when nobody answers.</param>
    public async Task<bool> AcceptsAsync(ModelPassport passport, Func<Task<bool?>> hasEnded)
    {
        var now = clock.GetUtcNow();
        if (now >= passport.ExpiresAt || passport.IssuedAt > now.AddSeconds(30))
        {
            return false;
        }

        return _knowledge.Judge(SidHash.Of(passport.Session.ToString()), passport.CreatedAt, passport.IssuedAt, MaxFeedAge) switch
        {
            EndingsVerdict.NotEnded => true,
            EndingsVerdict.Ended => false,
            _ => await hasEnded() is { } ended ? !ended : fault is PassportFault.FallbackAccepts,
        };
    }

    private static byte[] WithoutEndings(byte[] body)
    {
        var header = body[..(52 + ((body[6] << 8) | body[7]))];
        header.AsSpan(48, 4).Clear();
        return header;
    }

    private static byte[] WithKeep(byte[] body, TimeSpan keep)
    {
        byte[] changed = [.. body];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(20), (uint)keep.TotalSeconds);
        return changed;
    }
}
