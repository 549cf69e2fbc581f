using System.Net.Sockets;
using System.Text;
using Support.Hosts;

namespace HttpTests;

/// <summary>Bad input gets a problem with a stable type, never a 500, and writes nothing.</summary>
public sealed class BadInputTests(RunningHost host) : HttpSuite(host)
{
    private static readonly string Long = new('x', 10_000);

    public static TheoryData<string, string> BadBodies => new()
    {
        { "no JSON", "{" },
        { "not an object", "[]" },
        { "null", "null" },
        { "empty", "" },
        { "trailing data", "{} {}" },
        { "a comment", "{/* */}" },
        { "wrong type of userId", "{\"userId\":7}" },
        { "wrong type of claims", "{\"claims\":[]}" },
        { "wrong type of seconds", "{\"idleTimeoutSeconds\":\"60\"}" },
        { "a fraction of seconds", "{\"idleTimeoutSeconds\":1.5}" },
        { "zero seconds", "{\"idleTimeoutSeconds\":0}" },
        { "negative seconds", "{\"absoluteLifetimeSeconds\":-1}" },
        { "enormous seconds", "{\"absoluteLifetimeSeconds\":99999999999999999999}" },
        { "seconds beyond dates", "{\"absoluteLifetimeSeconds\":9223372036854775807}" },
        { "unknown member", "{\"isAdmin\":true}" },
        { "duplicate member", "{\"userId\":\"a\",\"userId\":\"b\"}" },
        { "duplicate member of data", "{\"data\":{\"a\":1,\"a\":2}}" },
        { "NUL in userId", "{\"userId\":\"a\\u0000b\"}" },
        { "control character in userId", "{\"userId\":\"a\\u001bb\"}" },
        { "lone surrogate", "{\"userId\":\"\\ud800\"}" },
        { "empty userId", "{\"userId\":\"\"}" },
        { "long userId", $"{{\"userId\":\"{Long}\"}}" },
        { "unknown level", "{\"assuranceLevel\":\"aal9\"}" },
        { "no address", "{\"device\":{\"ipAddress\":\"not an address\"}}" },
        { "large claims", $"{{\"claims\":{{\"a\":\"{Long}\"}}}}" },
        { "large data", $"{{\"data\":{{\"a\":\"{new string('x', 33_000)}\"}}}}" },
        { "large body", $"{{\"data\":{{\"a\":\"{new string('x', 70_000)}\"}}}}" },
        { "deep data", "{\"data\":" + string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 18) },
        { "very deep data", new string('[', 5000) },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_body_of_create_is_a_problem_and_creates_nothing(string what, string body)
    {
        var user = NewUser();
        var marked = body.Replace("{\"data\"", $"{{\"userId\":\"{user}\",\"data\"", StringComparison.Ordinal);

        var answer = await Api.ServiceAsync("POST", "/v1/sessions", marked);

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.True(answer.Problem is not null, what);
        var count = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true", body: null, ("Session-Consistency", "strong"));
        Assert.Equal(0, count.Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Bad_UTF8_is_a_problem()
    {
        using var http = new HttpClient { BaseAddress = Api.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions")
        {
            Content = new ByteArrayContent([.. "{\"userId\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Api.ServiceKey);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        using var answer = await http.SendAsync(request);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_is_415(string type)
    {
        var answer = await Api.ServiceAsync("POST", "/v1/sessions", "{}", ("Content-Type", type));

        Assert.Equal((415, "media-type-unsupported"), ((int)answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_token_with_any_one_character_changed_is_the_one_401_and_inactive_to_introspection()
    {
        var (_, token) = await Api.CreateAsync(NewUser());
        var expected = (await Api.UserAsync("sst_garbage", "GET", "/v1/session")).Text;
        for (var i = 4; i < token.Length; i += 7)
        {
            var changed = new StringBuilder(token) { [i] = token[i] == 'A' ? 'B' : 'A' }.ToString();
            var inactive = await Api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{changed}\"}}");

            Assert.Equal("{\"active\":false}", inactive.Text);
        }

        var refused = await Api.UserAsync(new StringBuilder(token) { [50] = token[50] == 'A' ? 'B' : 'A' }.ToString(), "GET", "/v1/session");
        Assert.Equal((401, expected), ((int)refused.Status, refused.Text));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"1")]
    [InlineData("*, \"1\"")]
    public async Task An_If_Match_that_is_malformed_is_400_and_writes_nothing(string value)
    {
        var (sid, _) = await Api.CreateAsync(NewUser(), """{"n":1}""");

        var answer = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", """{"n":2}""", ("If-Match", value));

        Assert.Equal(400, (int)answer.Status);
        Assert.Equal("""{"n":1}""", (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}/data")).Text);
    }

    [Fact]
    public async Task A_stale_If_Match_is_412_with_the_current_version()
    {
        var (sid, _) = await Api.CreateAsync(NewUser(), """{"n":1}""");
        var first = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", """{"n":2}""", ("If-Match", "\"1\""));
        var stale = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", """{"n":3}""", ("If-Match", "\"1\""));

        Assert.Equal(200, (int)first.Status);
        Assert.Equal((412, "version-mismatch", first.Header("ETag")), ((int)stale.Status, stale.Problem, stale.Header("ETag")));
    }

    [Theory]
    [InlineData("{\"expiresInSeconds\":99999999999999999999}")]
    [InlineData("{\"expiresInSeconds\":9007199254740993}")]
    [InlineData("{\"idleTimeoutSeconds\":99999999}")]
    [InlineData("{\"expiresInSeconds\":1e-3}")]
    [InlineData("{}")]
    public async Task Seconds_out_of_range_are_a_problem_and_change_nothing(string body)
    {
        var (sid, token) = await Api.CreateAsync(NewUser());

        var answer = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/expiry", body);

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.NotNull(answer.Problem);
        Assert.True(await Api.IsActiveAsync(token));
    }

    [Theory]
    [InlineData("GET", "/v1/sessions/ses_short")]
    [InlineData("GET", "/v1/sessions/ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("DELETE", "/v1/sessions/ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_id_of_no_session_is_one_and_the_same_404(string method, string path)
    {
        var unknown = await Api.ServiceAsync("GET", "/v1/sessions/ses_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA");
        var answer = await Api.ServiceAsync(method, path);

        Assert.Equal((404, unknown.Text), ((int)answer.Status, answer.Text));
    }

    [Fact]
    public async Task Ids_of_ten_thousand_characters_are_a_problem()
    {
        Assert.InRange((int)(await Api.ServiceAsync("GET", $"/v1/sessions/{Long}")).Status, 400, 499);
        Assert.InRange((int)(await Api.ServiceAsync("GET", $"/v1/sessions?userId={Long}")).Status, 400, 499);
        Assert.InRange((int)(await Api.UserAsync("sst_" + Long, "GET", "/v1/session")).Status, 400, 499);
        Assert.InRange((int)(await Api.ServiceAsync("POST", "/v1/sessions", "{}", ("Idempotency-Key", Long))).Status, 400, 499);
    }

    [Fact]
    public async Task Two_credentials_at_once_are_refused()
    {
        var (_, token) = await Api.CreateAsync(NewUser());

        // HttpClient would join two headers of a name into one.
        using var socket = new TcpClient();
        await socket.ConnectAsync(Api.Url.Host, Api.Url.Port);
        var request = $"GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nAuthorization: Bearer {Api.ServiceKey}\r\nConnection: close\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("credential-ambiguous", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_in_the_query_is_refused()
    {
        var (_, token) = await Api.CreateAsync(NewUser());

        var answer = await Api.ServiceAsync("GET", $"/v1/sessions?userId={token}");

        Assert.Equal((400, "credential-in-query"), ((int)answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("userId=a&pageSize=0")]
    [InlineData("userId=a&pageSize=101")]
    [InlineData("userId=a&pageSize=x")]
    [InlineData("userId=a&state=dead")]
    [InlineData("userId=a&continuation=garbage")]
    [InlineData("userId=a&userId=b")]
    [InlineData("userId=a&unknown=1")]
    [InlineData("userId=")]
    [InlineData("pageSize=10")]
    public async Task A_bad_query_is_a_problem(string query)
    {
        var answer = await Api.ServiceAsync("GET", "/v1/sessions?" + query);

        Assert.Equal(400, (int)answer.Status);
        Assert.NotNull(answer.Problem);
    }

    [Theory]
    [InlineData("GET", "/v1//sessions")]
    [InlineData("GET", "/v1/session/")]
    [InlineData("GET", "/V1/nothing")]
    [InlineData("GET", "/v1/sessions%2f..%2fsession")]
    [InlineData("GET", "/../../etc/passwd")]
    [InlineData("POST", "/v1/session")]
    [InlineData("PATCH", "/v1/sessions")]
    [InlineData("TRACE", "/v1/session")]
    [InlineData("FOO", "/v1/session")]
    public async Task A_path_or_method_that_there_is_not_never_reaches_an_operation(string method, string path)
    {
        var answer = await Api.SendAsync(method, path, credential: null, body: null, ("X-HTTP-Method-Override", "DELETE"));

        // A route with a trailing slash or in upper case is the same route, which then asks for its credential.
        Assert.Contains((int)answer.Status, new[] { 400, 401, 404, 405 });

        // Beside /api the platform of Functions answers for itself.
        Assert.True(answer.Problem is not null || (TestedHost.Kind is HostKind.Functions && path.StartsWith("/..", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Bearer sst_a, Bearer sst_b")]
    [InlineData("Basic YQ==,Bearer sst_b")]
    public async Task Two_credentials_that_a_proxy_has_joined_are_refused(string value)
    {
        var answer = await Api.SendAsync("GET", "/v1/session", credential: null, body: null, ("Authorization", value));

        Assert.Equal((400, "credential-ambiguous"), ((int)answer.Status, answer.Problem));
    }
}
