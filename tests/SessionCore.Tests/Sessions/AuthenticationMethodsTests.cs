using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

/// <summary>Names of authentication methods by the registry's rule (RFC 8176 section 6.1).</summary>
public sealed class AuthenticationMethodsTests
{
    [Fact]
    public void Every_printable_ASCII_character_but_quotation_mark_and_backslash_is_allowed() => Assert.All(
        Enumerable.Range(0, 0x180),
        code => Assert.Equal(code is >= 0x21 and <= 0x7E and not (0x22 or 0x5C), AuthenticationMethods.IsName($"a{(char)code}")));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_name_has_1_to_64_characters(int length, bool isAllowed) =>
        Assert.Equal(isAllowed, AuthenticationMethods.IsName(new string('a', length)));
}
