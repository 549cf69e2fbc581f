using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

public sealed class SessionTokenTests
{
    private static readonly SessionLocator Locator = new(SessionLocator.PartitionOf("alice"), SessionLocator.NewId());
    private readonly KeyRing _keys = Ring(KeyRing.Random());

    [Fact]
    public void A_token_reads_back_its_locator_and_the_hash_of_its_secret()
    {
        var secret = RandomNumberGenerator.GetBytes(SessionToken.SecretBytes);
        var text = SessionToken.Issue(_keys.Active, Locator, secret).Reveal();

        Assert.Equal(SessionToken.TextLength, text.Length);
        Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(text, _keys, out var token));
        Assert.Equal(Locator, token.Locator);
        Assert.True(token.SecretHash.Matches(Digest.Of(secret)));
    }

    [Fact]
    public void Every_single_changed_character_is_refused()
    {
        var text = New();
        for (var i = 0; i < text.Length; i++)
        {
            var other = text[i] == 'A' ? 'B' : 'A';
            Assert.Equal(TokenVerdict.Malformed, SessionToken.Read(string.Concat(text.AsSpan(0, i), other.ToString(), text.AsSpan(i + 1)), _keys, out _));
        }
    }

    [Fact]
    public void A_token_read_before_reads_the_same_again()
    {
        var text = New();
        Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(text, _keys, out var first));
        Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(text, _keys, out var again));

        Assert.Equal(first.Locator, again.Locator);
        Assert.True(first.SecretHash.Matches(again.SecretHash));
    }

    [Fact]
    public void More_tokens_than_are_kept_all_read_as_what_they_are()
    {
        var texts = Enumerable.Range(0, 40_000)
            .Select(number => (Locator: new SessionLocator(1, (UInt128)number), Text: SessionToken.Issue(
                _keys.Active, new SessionLocator(1, (UInt128)number), RandomNumberGenerator.GetBytes(SessionToken.SecretBytes)).Reveal()))
            .ToArray();
        for (var turn = 0; turn < 2; turn++)
        {
            Assert.All(texts, issued =>
            {
                Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(issued.Text, _keys, out var token));
                Assert.Equal(issued.Locator, token.Locator);
            });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_changed_token_with_a_right_checksum_is_forged(bool isKnown)
    {
        var text = New();
        if (isKnown)
        {
            Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(text, _keys, out _));
        }

        for (var i = 4 + 6; i < 116; i++)
        {
            var chars = text.ToCharArray();
            chars[i] = chars[i] == 'A' ? 'B' : 'A';
            Checksum.Write(chars.AsSpan(0, 116), chars.AsSpan(116));
            Assert.Equal(TokenVerdict.Forged, SessionToken.Read(chars, _keys, out _));
        }
    }

    [Fact]
    public void A_token_of_a_removed_key_is_forged_and_one_of_a_coming_key_is_not_known()
    {
        var text = New();
        Assert.Equal(TokenVerdict.Forged, SessionToken.Read(text, Ring([Key(9, KeyState.Active)]), out _));

        var coming = SessionToken.Issue(Ring([Key(2, KeyState.Active)]).Active, Locator, new byte[32]).Reveal();
        Assert.Equal(TokenVerdict.KeyUnknown, SessionToken.Read(coming, _keys, out _));
    }

    [Fact]
    public void A_token_of_a_former_key_still_reads_while_the_key_is_in_the_ring()
    {
        var former = Key(1, KeyState.Active);
        var text = SessionToken.Issue(Ring([former]).Active, Locator, new byte[32]).Reveal();

        var rotated = Ring([new KeyOptions { Id = 1, Key = former.Key, State = KeyState.Read }, Key(2, KeyState.Active)]);

        Assert.Equal(TokenVerdict.Genuine, SessionToken.Read(text, rotated, out _));
    }

    [Fact]
    public void Two_tokens_of_a_user_agree_in_no_more_bytes_than_tokens_of_two_users()
    {
        const int Pairs = 4000;
        var same = Agreements(() => (New(Locator), New(new SessionLocator(Locator.Partition, SessionLocator.NewId()))), Pairs);
        var different = Agreements(() => (New(Locator), New(new SessionLocator(SessionLocator.NewId(), SessionLocator.NewId()))), Pairs);

        // 80 bytes a pair agree by chance once in 256: 1,250 in 4,000 pairs, standard deviation 35.
        Assert.InRange(same, 1250 - 250, 1250 + 250);
        Assert.InRange(different, 1250 - 250, 1250 + 250);
    }

    [Fact]
    public void No_two_tokens_are_equal_and_no_position_prefers_a_character()
    {
        const int Count = 20_000;
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var counts = new int[SessionToken.TextLength, 128];
        for (var i = 0; i < Count; i++)
        {
            var text = New();
            Assert.True(texts.Add(text));
            for (var at = 0; at < text.Length; at++)
            {
                counts[at, text[at]]++;
            }
        }

        // Positions of the key id are the same in all tokens; behind it 64 characters share each position.
        var expected = Count / 64.0;
        for (var at = 4 + 6; at < 116; at++)
        {
            var chiSquare = Enumerable.Range(0, 128).Where(c => counts[at, c] > 0).Sum(c => Math.Pow(counts[at, c] - expected, 2) / expected);

            // 63 degrees of freedom: beyond 140 once in ten million positions.
            Assert.True(chiSquare < 140, $"position {at}: chi-square {chiSquare:0}");
        }
    }

    [Fact]
    public void No_rendering_of_a_token_shows_it()
    {
        var token = SessionToken.Issue(_keys.Active, Locator, RandomNumberGenerator.GetBytes(32));

        Assert.Equal("sst_(redacted)", $"{token}");
    }

    private static int Agreements(Func<(string One, string Other)> pair, int pairs)
    {
        var count = 0;
        for (var i = 0; i < pairs; i++)
        {
            var (one, other) = pair();
            var first = Base64Url.DecodeFromChars(one.AsSpan(4, 112));
            var second = Base64Url.DecodeFromChars(other.AsSpan(4, 112));
            count += first.Skip(4).Zip(second.Skip(4)).Count(bytes => bytes.First == bytes.Second);
        }

        return count;
    }

    private static KeyOptions Key(uint id, KeyState state) =>
        new() { Id = id, Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), State = state };

    private static KeyRing Ring(IEnumerable<KeyOptions> keys)
    {
        var options = new KeyRingOptions();
        foreach (var key in keys)
        {
            options.Ring.Add(key);
        }

        return new KeyRing(Options.Create(options));
    }

    private string New(SessionLocator? locator = null) =>
        SessionToken.Issue(_keys.Active, locator ?? Locator, RandomNumberGenerator.GetBytes(SessionToken.SecretBytes)).Reveal();
}
