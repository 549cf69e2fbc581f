using System.Net;

namespace SessionApi.Tests.Callers;

public sealed class RateLimitTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new(new Dictionary<string, string?>
    {
        ["Proxies:Trusted:0"] = "10.0.0.0/8",
        ["Proxies:Trusted:1"] = "::1",
    });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_failure_after_the_twentieth_is_429_until_the_window_ends()
    {
        _api.Clock.Advance(TimeSpan.FromSeconds(4));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(401, await FailAsync("192.0.2.1"));
        }

        var answer = await _api.SendRawAsync("GET", "/api/v1/session", null);
        Assert.Equal((429, "rate-limited", "6"), (answer.Status, answer.Problem, answer.Header("Retry-After")));
        _api.Clock.Advance(TimeSpan.FromSeconds(6) - TimeSpan.FromTicks(1));
        Assert.Equal(429, await FailAsync("192.0.2.1"));
        _api.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(401, await FailAsync("192.0.2.1"));
    }

    [Fact]
    public async Task Good_requests_neither_spend_the_budget_nor_need_it()
    {
        var (_, token) = await _api.CreateAsync();
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        }

        await ExhaustAsync("192.0.2.1");
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task Why_a_session_ended_can_be_asked_without_spending_the_budget()
    {
        var (sid, token) = await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(401, (await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
        }
    }

    [Fact]
    public async Task Another_address_has_its_own_budget()
    {
        await ExhaustAsync("192.0.2.1");
        Assert.Equal(401, await FailAsync("192.0.2.2"));
        Assert.Equal(401, await FailAsync("2001:db8::1"));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::ffff:1")]
    public async Task One_customer_has_one_budget(string first, string second)
    {
        await ExhaustAsync(first);
        Assert.Equal(429, await FailAsync(second));
    }

    [Theory]
    [InlineData("192.0.2.1", "198.51.100.7", "192.0.2.1")]
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7, 10.9.9.9", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7:4711", "198.51.100.7")]
    [InlineData("::1", "[2001:db8::5]:4711, 10.1.1.1", "2001:db8::5")]
    [InlineData("10.0.0.1", "garbage", "10.0.0.1")]
    [InlineData("10.0.0.1", "6.6.6.6, garbage", "10.0.0.1")]
    [InlineData("10.0.0.1", "10.0.0.2", "10.0.0.2")]
    public async Task The_client_is_the_rightmost_hop_that_is_no_proxy(string connection, string forwarded, string client)
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(401, await FailAsync(connection, ("X-Forwarded-For", forwarded)));
        }

        Assert.Equal(429, await FailAsync(connection, ("X-Forwarded-For", forwarded)));
        Assert.Equal(429, await FailAsync(client.StartsWith("10.", StringComparison.Ordinal) || client == connection ? client : "10.3.3.3", ("X-Forwarded-For", client)));
    }

    [Fact]
    public async Task Other_forwarding_headers_are_not_believed()
    {
        await ExhaustAsync("192.0.2.1");
        foreach (var name in new[] { "X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP" })
        {
            Assert.Equal(429, await FailAsync("192.0.2.1", (name, "198.51.100.7")));
        }
    }

    [Fact]
    public async Task A_caller_has_a_bucket_when_a_rate_is_configured()
    {
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["RateLimit:RequestsPerSecond"] = "2", ["RateLimit:Burst"] = "4" });
        await AskUntilRefusedAsync(api, granted: 4);
        api.Clock.Advance(TimeSpan.FromMilliseconds(500));
        await AskUntilRefusedAsync(api, granted: 1);
        api.Clock.Advance(TimeSpan.FromHours(1));
        await AskUntilRefusedAsync(api, granted: 4);
        Assert.Equal(200, (await api.SendRawAsync("GET", "/api/health/live", null)).Status);
    }

    private static async Task AskUntilRefusedAsync(ApiFixture api, int granted)
    {
        for (var i = 0; i < granted; i++)
        {
            Assert.Equal(200, (await api.SendAsync("GET", "/api/v1/sessions?userId=alice")).Status);
        }

        var refused = await api.SendAsync("GET", "/api/v1/sessions?userId=alice");
        Assert.Equal((429, "1"), (refused.Status, refused.Header("Retry-After")));
    }

    private async Task ExhaustAsync(string address)
    {
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(address);
        }

        Assert.Equal(429, await FailAsync(address));
    }

    private async Task<int> FailAsync(string address, params (string Name, string Value)[] headers)
    {
        var context = _api.NewContext("GET", "/api/v1/session", headers);
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        await _api.RunAsync(context);
        return context.Response.StatusCode;
    }
}
