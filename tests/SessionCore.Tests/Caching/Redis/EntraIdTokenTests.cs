using System.Buffers.Text;
using System.Text;
using SessionCore.Caching.Redis;

namespace SessionCore.Tests.Caching.Redis;

public sealed class EntraIdTokenTests
{
    [Fact]
    public void The_user_name_is_the_tokens_object_id() =>
        Assert.Equal("11111111-2222", EntraIdToken.ObjectIdOf(Token("""{"aud":"x","oid":"11111111-2222"}""")));

    [Theory]
    [InlineData("""{"aud":"x"}""")]
    [InlineData("""{"oid":null}""")]
    [InlineData("""{"oid":""}""")]
    [InlineData("""{"oid":7}""")]
    [InlineData("""["oid"]""")]
    [InlineData("""{"oid":""")]
    public void A_token_without_an_object_id_is_refused_and_not_shown(string payload)
    {
        var token = Token(payload);

        var refusal = Assert.Throws<FormatException>(() => EntraIdToken.ObjectIdOf(token));

        Assert.DoesNotContain(token.Split('.')[1], refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!!!.c")]
    public void What_is_no_token_is_refused(string token) =>
        Assert.Throws<FormatException>(() => EntraIdToken.ObjectIdOf(token));

    private static string Token(string payload) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2ln";
}
