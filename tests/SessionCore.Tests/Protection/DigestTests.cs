using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Tests.Protection;

/// <summary>Digests, and what compares them, are the same in every bit or do not match.</summary>
public sealed class DigestTests
{
    [Fact]
    public void A_digest_matches_itself_read_again()
    {
        var digest = Digest.Of("secret"u8);

        Assert.True(digest.Matches(Digest.Read(digest.ToArray())));
        Assert.Equal(SHA256.HashData("secret"u8), digest.ToArray());
    }

    [Fact]
    public void A_digest_that_differs_in_any_one_bit_does_not_match()
    {
        var bytes = RandomNumberGenerator.GetBytes(Digest.ByteLength);
        var digest = Digest.Read(bytes);

        var matching = Enumerable.Range(0, 8 * Digest.ByteLength).Where(bit =>
        {
            byte[] other = [.. bytes];
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            return digest.Matches(Digest.Read(other)) || Digest.Read(other).Matches(digest);
        });

        Assert.Empty(matching);
    }

    [Fact]
    public void No_digest_matches_nothing_not_even_none()
    {
        Assert.False(default(Digest).Matches(default));
        Assert.False(Digest.Of("secret"u8).Matches(default));
        Assert.False(default(Digest).Matches(Digest.Of("secret"u8)));
    }
}
