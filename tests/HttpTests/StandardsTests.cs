using HttpTests.RawRequests;
using Support.Hosts;

namespace HttpTests;

/// <summary>Requests that the standards allow, and that real clients send, are understood.</summary>
public sealed class StandardsTests(RunningHost host) : HttpSuite(host)
{
    private const string Text = "ж < > & ' + é 😀 \u00A0 \uE000";

    [Fact]
    public async Task Text_comes_back_byte_for_byte_whichever_way_it_was_written()
    {
        var note = string.Concat(Enumerable.Repeat("ж", 6000));
        var sid = await CreateAsync($$"""{"data":{"note":"{{note}}","cart":[1]} }""");
        var merged = await Api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", """{"cart":null}""");
        Assert.Equal((200, $"{{\"note\":\"{note}\"}}"), ((int)merged.Status, merged.Text));
        var replaced = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", $"{{ \"t\" : \"{Text}\" }}");
        Assert.Equal($"{{\"t\":\"{Text}\"}}", replaced.Text);
        var emoji = string.Concat(Enumerable.Repeat("😀", 8000));
        Assert.Equal(200, (int)(await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", $"{{\"t\":\"{emoji}\"}}")).Status);
    }

    // The Functions host itself takes UTF-8 alone; the answer is its own.
    [Theory]
    [InlineData("User-Agent: caf\u00e9")]
    [InlineData("Cookie: name=caf\u00e9")]
    public async Task A_Latin1_byte_in_a_header_of_browsers_is_served(string header)
    {
        var (_, token) = await Api.CreateAsync(NewUser("jos"));

        var exchange = await RawExchange.SendAsync(
            Api.Url, $"GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{header}\r\n\r\n");

        Assert.Equal([TestedHost.Kind is HostKind.Functions ? 400 : 200], exchange.Statuses);
    }

    [Theory]
    [InlineData("%E9")]
    [InlineData("%C0%AF")]
    [InlineData("%ED%A0%80")]
    [InlineData("a+b")]
    public async Task A_query_that_is_not_percent_encoded_UTF8_ends_nobody(string bad)
    {
        var user = NewUser("jos");
        var sid = await CreateAsync($$"""{"userId":"{{user}}{{bad}}"}""");
        var exchange = await RawExchange.SendAsync(
            Api.Url,
            $"DELETE /api/v1/sessions?userId={user}{bad} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Api.ServiceKey}\r\nConnection: close\r\n\r\n");
        Assert.Equal([400], exchange.Statuses);
        Assert.Equal(200, (int)(await Api.ServiceAsync("HEAD", $"/v1/sessions/{sid}")).Status);
    }

    [Fact]
    public async Task Conditions_hold_on_reads_and_writes()
    {
        var sid = await CreateAsync("""{"data":{"a":1}}""");
        var data = $"/v1/sessions/{sid}/data";
        foreach (var (method, name, value, status) in new[]
        {
            ("PUT", "If-None-Match", "*", 412), ("PATCH", "If-None-Match", "\"9\", W/\"1\"", 412), ("PUT", "If-Match", "W/\"1\"", 412),
            ("GET", "If-None-Match", "\"1\"", 304), ("HEAD", "If-None-Match", "*", 304), ("GET", "If-Match", "\"2\"", 412),
        })
        {
            Assert.Equal(status, (int)(await Api.ServiceAsync(method, data, method is "PUT" or "PATCH" ? """{"a":2}""" : null, (name, value))).Status);
        }

        Assert.Equal(412, (int)(await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}", null, ("If-None-Match", "*"))).Status);
        Assert.Equal("""{"a":1}""", (await Api.ServiceAsync("GET", data)).Text);
        Assert.Equal(200, (int)(await Api.ServiceAsync("PUT", data, """{"a":2}""", ("If-Match", "\"x\", \"1\""))).Status);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00.123456789Z", 202)]
    [InlineData("2020-01-01t00:00:00z", 202)]
    [InlineData("2016-12-31T23:59:60Z", 202)]
    [InlineData("2020-01-01T00:00:00.Z", 400)]
    [InlineData("2020-01-01T00:00:00+0000", 400)]
    public async Task Instants_are_those_of_RFC_3339(string instant, int status) =>
        Assert.Equal(status, (int)(await Api.OperatorAsync("POST", "/v1/operations/revoke-before", $$"""{"instant":"{{instant}}"}""")).Status);

    [Theory]
    [InlineData("3600.0", "application/json;")]
    [InlineData("3.6e3", "application/json; charset=\"utf-8\"")]
    [InlineData("36E2", "application/json;charset=utf8;v=1")]
    public async Task Numbers_and_media_types_are_taken_for_what_they_mean(string number, string type) => Assert.Equal(
        201, (int)(await Api.ServiceAsync("POST", "/v1/sessions", $$"""{"absoluteLifetimeSeconds":{{number}}}""", ("Content-Type", type))).Status);

    [Fact]
    public async Task The_same_creation_in_another_spelling_is_the_same_request()
    {
        var key = NewUser("key");
        var first = await Api.ServiceAsync("POST", "/v1/sessions", """{"claims":{"a":1,"b":2}}""", ("Idempotency-Key", key));
        var second = await Api.ServiceAsync("POST", "/v1/sessions", """{"claims":{"b":2.0,"\u0061":1}}""", ("Idempotency-Key", key));
        Assert.Equal((201, first.TextOf("token")), ((int)second.Status, second.TextOf("token")));
    }

    [Fact]
    public async Task Claims_are_replaced_under_a_condition_and_at_rotation()
    {
        var sid = await CreateAsync("""{"claims":{"role":"user"}}""");
        var written = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/claims", """{"role":"editor"}""", ("If-Match", "\"1\""));
        Assert.Equal((200, """{"role":"editor"}"""), ((int)written.Status, written.Text));
        Assert.Equal(412, (int)(await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/claims", "{}", ("If-Match", "\"1\""))).Status);
        var rotated = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", """{"claims":{"role":"admin"}}""");
        Assert.Equal("admin", rotated.Json.GetProperty("session").GetProperty("claims").GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_creation_hands_out_the_cookie_to_forward()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", """{"cookie":true}""");
        Assert.Equal($"__Host-session={created.TextOf("token")}; Path=/; Secure; HttpOnly; SameSite=Lax", created.TextOf("setCookie"));
    }

    [Fact]
    public async Task What_clients_send_in_good_faith_is_served()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", $$"""{"device":{"userAgent":"{{new string('x', 4000)}}"} }""");
        Assert.Equal(201, (int)created.Status);
        Assert.Equal(200, (int)(await Api.UserAsync(" " + created.TextOf("token"), "GET", "/v1/session")).Status);
        Assert.Equal(200, (int)(await Api.UserAsync(created.TextOf("token"), "HEAD", "/v1/session")).Status);
        Assert.Equal(200, (int)(await Api.SendAsync("GET", "/health/ready?ts=1", credential: null)).Status);
        Assert.Equal(400, (int)(await Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"\u200B\u3164 "}""")).Status);
        Assert.Equal(404, (int)(await Api.ServiceAsync("GET", "//v1/session")).Status);
    }

    private async Task<string> CreateAsync(string json)
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", json);
        Assert.Equal(201, (int)created.Status);
        return created.TextOf("sid");
    }
}
