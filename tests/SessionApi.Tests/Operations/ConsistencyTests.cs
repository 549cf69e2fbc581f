namespace SessionApi.Tests.Operations;

/// <summary>The header Session-Consistency, and what Session-Age says of the answer.</summary>
public sealed class ConsistencyTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Max_age_bounds_what_the_cache_may_answer_on_every_read()
    {
        var (sid, token) = await _api.CreateAsync();
        foreach (var read in Reads(sid, token))
        {
            // An entry that another read left behind is too old for this one, and so it is read anew.
            await read("max-age=1");
            _api.Clock.Advance(TimeSpan.FromMilliseconds(3500));
            AssertAnsweredBy("cache", "4", await read("max-age=4"));
            AssertAnsweredBy("cache", "4", await read("cached"));
            AssertAnsweredBy("table", "0", await read("max-age=3"));
            AssertAnsweredBy("cache", "0", await read("max-age=3"));
            AssertAnsweredBy("table", "0", await read("max-age=0"));
            AssertAnsweredBy("table", "0", await read("strong"));
        }
    }

    [Fact]
    public async Task A_list_is_always_the_tables()
    {
        var (_, token) = await _api.CreateAsync();
        foreach (var consistency in new[] { "max-age=9", "cached", "strong" })
        {
            Assert.Equal("0", (await _api.SendAsync("GET", "/api/v1/sessions?userId=alice", null, ("Session-Consistency", consistency))).Header("Session-Age"));
            Assert.Equal("0", (await _api.SendAsUserAsync(token, "GET", "/api/v1/me/sessions", null, ("Session-Consistency", consistency))).Header("Session-Age"));
        }
    }

    [Fact]
    public async Task A_request_without_the_header_is_answered_as_ever()
    {
        var (sid, token) = await _api.CreateAsync();
        foreach (var read in Reads(sid, token))
        {
            Assert.Null((await read(null)).Header("Session-Age"));
        }
    }

    [Fact]
    public async Task An_ended_session_has_no_age()
    {
        var (sid, _) = await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");

        var answer = await _api.SendAsync("GET", $"/api/v1/sessions/{sid}", null, ("Session-Consistency", "max-age=5"));

        Assert.Equal((200, "cache", null), (answer.Status, answer.Header("Session-Source"), answer.Header("Session-Age")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("max-age")]
    [InlineData("max-age=")]
    [InlineData("max-age=-1")]
    [InlineData("max-age=+1")]
    [InlineData("max-age=1.5")]
    [InlineData("max-age= 1")]
    [InlineData("max-age=1s")]
    [InlineData("max-age=\u0661")]
    [InlineData("Max-Age=1")]
    [InlineData("max-age=315360001")]
    [InlineData("max-age=99999999999999999999")]
    [InlineData("max-age=5, strong")]
    [InlineData("eventual")]
    public async Task Any_other_value_is_400_and_names_the_header(string value)
    {
        var (_, token) = await _api.CreateAsync();
        foreach (var answer in new[]
        {
            await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}"}""", ("Session-Consistency", value)),
            await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", value)),
            await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Session-Consistency", "strong"), ("Session-Consistency", value)),
        })
        {
            Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
            Assert.Equal("Session-Consistency", answer.Json.GetProperty("errors")[0].GetProperty("header").GetString());
        }
    }

    private static void AssertAnsweredBy(string source, string age, ApiAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.Equal((source, age), (answer.Header("Session-Source"), answer.Header("Session-Age")));
    }

    private Func<string?, Task<ApiAnswer>>[] Reads(string sid, string token)
    {
        (string, string) form = ("Content-Type", "application/x-www-form-urlencoded");
        return
        [
            consistency => _api.SendAsync("GET", $"/api/v1/sessions/{sid}", null, Header(consistency)),
            consistency => _api.SendAsync("GET", $"/api/v1/sessions/{sid}/data", null, Header(consistency)),
            consistency => _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}"}""", Header(consistency)),
            consistency => _api.SendAsync("POST", "/api/v1/introspect", $"token={token}", [form, .. Header(consistency)]),
            consistency => _api.SendAsync("POST", $"/api/v1/sessions/{sid}/touch", null, Header(consistency)),
            consistency => _api.SendAsync("GET", "/api/v1/sessions?userId=alice&countOnly=true", null, Header(consistency)),
            consistency => _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, Header(consistency)),
            consistency => _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch", null, Header(consistency)),
        ];
    }

    private static (string Name, string Value)[] Header(string? consistency) => consistency is null ? [] : [("Session-Consistency", consistency)];
}
