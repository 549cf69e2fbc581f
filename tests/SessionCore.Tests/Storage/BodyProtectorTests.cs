using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Tests.Storage;

public sealed class BodyProtectorTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionBody Body = new("{}"u8.ToArray(), """{"role":"admin"}"""u8.ToArray(), """{"cart":1}"""u8.ToArray())
    {
        Methods = """["pwd"]"""u8.ToArray(),
        Actor = """{"sub":"s","reason":"r"}"""u8.ToArray(),
    };

    private readonly BodyProtector _protector = new(Ring(1, 1));

    [Fact]
    public void What_is_sealed_opens_in_its_place()
    {
        var session = Sealed();

        Assert.Equal(Opening.Opened, _protector.TryOpen(session, out var body));
        Assert.Equal("""{"cart":1}""", Encoding.UTF8.GetString(body!.Data.Span));
        Assert.Equal("""["pwd"]""", Encoding.UTF8.GetString(body.Methods.Span));
        Assert.Equal("""{"sub":"s","reason":"r"}""", Encoding.UTF8.GetString(body.Actor.Span));
    }

    [Fact]
    public void Every_byte_of_the_envelope_counts()
    {
        var session = Sealed();
        for (var i = 0; i < session.SealedBody!.Length; i++)
        {
            var changed = session.SealedBody.ToArray();
            changed[i] ^= 1;
            Assert.NotEqual(Opening.Opened, _protector.TryOpen(session with { SealedBody = changed }, out _));
        }
    }

    [Fact]
    public void A_row_cannot_be_moved_owned_anew_prolonged_raised_or_given_another_token()
    {
        var session = Sealed();
        Session[] forgeries =
        [
            session with { Locator = session.Locator with { Id = 5 } },
            session with { Locator = session.Locator with { Partition = 5 } },
            session with { UserId = "mallory" },
            session with { UserId = null },
            session with { CreatedAt = session.CreatedAt.AddMilliseconds(1) },
            session with { AbsoluteExpiresAt = session.AbsoluteExpiresAt.AddMilliseconds(1) },
            session with { AssuranceLevel = AssuranceLevel.Aal3 },
            session with { Secret = session.Secret with { Current = Digest.Of("mine"u8) } },
            session with { Secret = session.Secret with { Previous = session.Secret.Previous.With(Digest.Of("mine"u8), Noon, Noon) } },
            session with { Secret = session.Secret with { RotatedAt = Noon } },
        ];

        Assert.All(forgeries, forgery => Assert.Equal(Opening.Refused, _protector.TryOpen(forgery, out _)));
    }

    [Fact]
    public void No_user_and_an_empty_user_are_not_the_same()
    {
        var anonymous = Session() with { UserId = null };
        anonymous = anonymous with { SealedBody = _protector.Seal(anonymous, Body) };

        Assert.Equal(Opening.Refused, _protector.TryOpen(anonymous with { UserId = "" }, out _));
    }

    [Fact]
    public void What_activity_changes_needs_no_new_seal()
    {
        var session = Sealed();

        Assert.Equal(Opening.Opened, _protector.TryOpen(session.SeenAt(Noon.AddMinutes(10)), out _));
    }

    [Fact]
    public void A_removed_key_refuses_and_a_coming_key_is_not_known()
    {
        var session = Sealed();

        Assert.Equal(Opening.Refused, new BodyProtector(Ring(9, 9)).TryOpen(session, out _));
        var coming = Session();
        coming = coming with { SealedBody = new BodyProtector(Ring(2, 2)).Seal(coming, Body) };
        Assert.Equal(Opening.KeyUnknown, _protector.TryOpen(coming, out _));
    }

    [Fact]
    public void No_two_envelopes_share_salt_and_nonce()
    {
        var session = Session();
        var seen = Enumerable.Range(0, 10_000).Select(_ => Convert.ToHexString(_protector.Seal(session, Body).AsSpan(6, 28))).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(10_000, seen.Count);
    }

    private static KeyRing Ring(uint id, byte seed)
    {
        var options = new KeyRingOptions();
        options.Ring.Add(new KeyOptions { Id = id, Key = Convert.ToBase64String(SHA256.HashData([seed])), State = KeyState.Active });
        return new KeyRing(Options.Create(options));
    }

    private static Session Session() => new()
    {
        Locator = new SessionLocator(SessionLocator.PartitionOf("alice"), 7),
        UserId = "alice",
        CreatedAt = Noon,
        AuthenticatedAt = Noon,
        LastSeenAt = Noon,
        IdleTimeout = TimeSpan.FromHours(1),
        IdleExpiresAt = Noon.AddHours(1),
        AbsoluteExpiresAt = Noon.AddHours(24),
        AssuranceLevel = AssuranceLevel.Aal2,
        Version = 1,
        DataVersion = 1,
        Secret = new SessionSecret(Digest.Of("secret"u8)),
    };

    private Session Sealed()
    {
        var session = Session();
        return session with { SealedBody = _protector.Seal(session, Body) };
    }
}
