using SessionApi.Http;

namespace SessionApi.Tests.Http;

public sealed class RequestTextTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("2001:0DB8:0:0::1", "2001:db8::1")]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.1")]
    [InlineData("127.1", null)]
    [InlineData("2130706433", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("0x7f000001", null)]
    [InlineData("1.2.3.4.", null)]
    [InlineData(" 1.2.3.4", null)]
    [InlineData("", null)]
    [InlineData("::1%1", null)]
    [InlineData("[::1]:80", null)]
    [InlineData("1.2.3.256", null)]
    [InlineData("localhost", null)]
    public void An_address_has_one_text(string text, string? canonical) => Assert.Equal(canonical, RequestText.CanonicalAddress(text));

    [Theory]
    [InlineData("a", true)]
    [InlineData("lost-phone-2", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("ä", false)]
    public void A_reason_is_kebab_case(string text, bool isReason) => Assert.Equal(isReason, RequestText.IsReason(text));

    [Fact]
    public void A_reason_has_at_most_64_characters()
    {
        Assert.True(RequestText.IsReason(new string('a', 64)));
        Assert.False(RequestText.IsReason(new string('a', 65)));
    }

    [Fact]
    public void A_lone_surrogate_cannot_be_printed() => Assert.False(RequestText.IsPrintable("a\ud800", 1, 10));
}
