using System.Text;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

/// <summary>What a live session tells of its parts, as made, after activity and as the cache carries it.</summary>
public sealed class LiveSessionTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string?, bool> Facts
    {
        get
        {
            var facts = new TheoryData<string, string, string?, bool>();
            foreach (var methods in new[] { "", """["pwd","otp"]""" })
            {
                foreach (var actor in new[] { "", """{"sub":"support-7","reason":"ticket"}""" })
                {
                    facts.Add(methods, actor, null, false);
                    facts.Add(methods, actor, "key:web-shop", true);
                }
            }

            return facts;
        }
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void Facts_are_told_whatever_else_is_set(string methods, string actor, string? client, bool isPersistent)
    {
        var made = LiveSession.From(Session(client, isPersistent), Body(methods, actor), Noon);
        var seen = made.SeenAt(Noon.AddMinutes(1), Noon.AddHours(1), version: 8, "a longer entity tag", Noon.AddMinutes(1));
        var cached = LiveSession.Read(seen.Locator, seen.Version, seen.Bytes.ToArray())!;

        Assert.All([made, seen, cached], live =>
        {
            Assert.Equal(methods, Encoding.UTF8.GetString(live.AuthenticationMethodsJson));
            Assert.Equal(actor, Encoding.UTF8.GetString(live.ActorJson));
            Assert.Equal("""{"c":1}""", Encoding.UTF8.GetString(live.ClaimsJson));
            Assert.Equal("""{"d":2}""", Encoding.UTF8.GetString(live.DataJson));
            Assert.Equal((client, isPersistent), (live.Client, live.IsPersistent));
            Assert.Equal(Digest.ByteLength + sizeof(long), live.PreviousSecrets.Length);
        });
    }

    [Fact]
    public void Facts_that_are_not_set_take_no_byte_of_an_answer()
    {
        var bare = LiveSession.From(Session(client: null, isPersistent: false), Body("", ""), Noon);
        var full = LiveSession.From(Session("key:web-shop", isPersistent: true), Body("""["pwd"]""", """{"sub":"s","reason":"r"}"""), Noon);

        var difference = Written(full).Length - Written(bare).Length;

        Assert.Equal(""","persistent":true,"authenticationMethods":["pwd"],"actor":{"sub":"s","reason":"r"}""".Length, difference);
        Assert.DoesNotContain("web-shop", Written(full), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key:web-shop")]
    public void A_key_takes_bytes_only_where_there_is_one(string? client)
    {
        var key = Digest.Of("of the framework"u8);
        var without = LiveSession.From(Session(client, isPersistent: false), Body("", ""), Noon);
        var with = LiveSession.From(Session(client, isPersistent: false) with { Key = key }, Body("", ""), Noon);
        var cached = LiveSession.Read(with.Locator, with.Version, with.Bytes.ToArray())!;

        Assert.Equal((default, null), (without.Key, without.Namespace));
        Assert.Equal((key, client is null ? null : SessionKey.NamespaceOf(client)), (cached.Key, cached.Namespace));
        Assert.Equal(without.Bytes.Length + Digest.ByteLength + 16, with.Bytes.Length);
        Assert.Equal(Written(without), Written(cached));
        Assert.Equal(without.PreviousSecrets, cached.PreviousSecrets);
        Assert.Equal(client, cached.Client);
    }

    private static string Written(LiveSession session)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        session.WriteTo(output, SessionView.Service, Noon);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static SessionBody Body(string methods, string actor) =>
        new("{}"u8.ToArray(), """{"c":1}"""u8.ToArray(), """{"d":2}"""u8.ToArray())
        {
            Methods = Encoding.UTF8.GetBytes(methods),
            Actor = Encoding.UTF8.GetBytes(actor),
        };

    private static Session Session(string? client, bool isPersistent) => new()
    {
        Locator = new SessionLocator(SessionLocator.PartitionOf("alice"), 7),
        UserId = "alice",
        Client = client,
        IsPersistent = isPersistent,
        CreatedAt = Noon,
        AuthenticatedAt = Noon,
        LastSeenAt = Noon,
        IdleTimeout = TimeSpan.FromHours(1),
        IdleExpiresAt = Noon.AddHours(1),
        AbsoluteExpiresAt = Noon.AddHours(24),
        AssuranceLevel = AssuranceLevel.Aal2,
        Version = 7,
        DataVersion = 1,
        Secret = new SessionSecret(Digest.Of("secret"u8), default(PreviousSecrets).With(Digest.Of("old"u8), Noon, Noon), Noon),
        ETag = "tag",
    };
}
