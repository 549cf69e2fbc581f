namespace SessionApi.Tests;

public sealed class QueryTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("?userId=alice&other=1")]
    [InlineData("?userId=alice&UserId=bob")]
    [InlineData("?userId=alice&userId=alice")]
    [InlineData("?userId=alice&state=live&state=all")]
    [InlineData("?userId=alice&pageSize=1&PageSize=2")]
    [InlineData("?userid=alice")]
    [InlineData("?userId=")]
    [InlineData("?")]
    [InlineData("?pageSize=1")]
    [InlineData("?userId=a%00b")]
    [InlineData("?userId=a%0Ab")]
    [InlineData("?userId=alice&pageSize=0")]
    [InlineData("?userId=alice&pageSize=101")]
    [InlineData("?userId=alice&pageSize=-1")]
    [InlineData("?userId=alice&pageSize=%2B1")]
    [InlineData("?userId=alice&pageSize=x")]
    [InlineData("?userId=alice&pageSize=99999999999999")]
    [InlineData("?userId=alice&state=dead")]
    [InlineData("?userId=alice&state=Live")]
    [InlineData("?userId=alice&countOnly=1")]
    [InlineData("?userId=alice&countOnly=True")]
    [InlineData("?userId=alice&countOnly=true&state=all")]
    [InlineData("?userId=alice&continuation=")]
    [InlineData("?userId=alice&continuation=garbage")]
    public async Task A_query_that_is_not_as_documented_is_400(string query)
    {
        var answer = await _api.SendAsync("GET", "/api/v1/sessions" + query);
        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_long_user_id_in_a_query_is_400()
    {
        Assert.Equal(200, (await _api.SendAsync("GET", "/api/v1/sessions?userId=" + new string('u', 256))).Status);
        Assert.Equal(400, (await _api.SendAsync("GET", "/api/v1/sessions?userId=" + new string('u', 257))).Status);
        Assert.Equal(400, (await _api.SendAsync("GET", "/api/v1/sessions?userId=" + new string('u', 10_000))).Status);
    }

    [Fact]
    public async Task A_credential_in_a_query_is_400_everywhere_and_not_logged()
    {
        var (sid, token) = await _api.CreateAsync();
        string[] targets =
        [
            $"/api/v1/session?token={token}", $"/api/v1/sessions?userId={token}", $"/api/v1/sessions/{sid}?{token}", $"/api/nowhere?t={token}",
            $"/api/v1/sessions?userId={_api.Service.Reveal()}", $"/api/health/live?x={token}",
        ];
        foreach (var target in targets)
        {
            var answer = await _api.SendAsync("GET", target);
            Assert.Equal((400, "credential-in-query"), (answer.Status, answer.Problem));
            Assert.DoesNotContain(token, answer.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(token, _api.Logs.AllText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lost")]
    [InlineData("a--b")]
    [InlineData("")]
    [InlineData("a%0Ab")]
    public async Task A_reason_is_kebab_case(string reason)
    {
        var (sid, _) = await _api.CreateAsync();
        Assert.Equal(400, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}?reason={reason}")).Status);
        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
    }

    [Fact]
    public async Task The_session_to_spare_must_be_one_of_the_user()
    {
        var (_, token) = await _api.CreateAsync();
        var (foreign, _) = await _api.CreateAsync("""{"userId":"bob"}""");
        foreach (var except in new[] { foreign, "garbage", "" })
        {
            Assert.Equal(400, (await _api.SendAsync("DELETE", $"/api/v1/sessions?userId=alice&except={except}")).Status);
        }

        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task Odd_sids_are_sessions_that_are_not_there()
    {
        var (sid, token) = await _api.CreateAsync();
        string[] odd = [new('a', 10_000), sid[..^1], sid + "A", sid.ToUpperInvariant(), token, "ses_" + new string('A', 43), "%00", "..", "'", "*"];
        foreach (var other in odd)
        {
            var answer = await _api.SendAsync("GET", $"/api/v1/sessions/{other}");
            Assert.Equal((404, "session-not-found"), (answer.Status, answer.Problem));
        }
    }
}
