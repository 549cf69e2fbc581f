using System.Text;

namespace SessionApi.Tests.Http;

public sealed class BadBodyTests : IAsyncDisposable
{
    private const string Canary = "zz-canary-zz";

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"zz-canary-zz\"")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{\"userId\":\"zz-canary-zz\"")]
    [InlineData("{\"userId\":\"zz-canary-zz\",}")]
    [InlineData("{'userId':'zz-canary-zz'}")]
    [InlineData("{userId:\"zz-canary-zz\"}")]
    [InlineData("{}{}")]
    [InlineData("{} zz-canary-zz")]
    [InlineData("{}/* zz-canary-zz */")]
    [InlineData("/* zz-canary-zz */{}")]
    [InlineData("{// zz-canary-zz\n}")]
    [InlineData("{\"userId\":\"a\",\"userId\":\"zz-canary-zz\"}")]
    [InlineData("{\"userId\":\"a\",\"\\u0075serId\":\"zz-canary-zz\"}")]
    [InlineData("{\"device\":{\"label\":\"a\",\"label\":\"zz-canary-zz\"}}")]
    [InlineData("{\"userId\":\"\\ud800\"}")]
    [InlineData("{\"userId\":\"\\udc00\"}")]
    [InlineData("{\"claims\":{\"a\":\"\\ud800\"}}")]
    [InlineData("{\"claims\":{\"\\ud800x\":1}}")]
    [InlineData("{\"claims\":{\"a\":\"\\ud83d\\u0041\"}}")]
    [InlineData("{\"claims\":{\"a\":01}}")]
    [InlineData("{\"claims\":{\"a\":NaN}}")]
    public async Task A_body_that_is_not_JSON_of_the_shape_is_refused(string json) => await AssertRefusedAsync(json, "body-unreadable");

    [Theory]
    [InlineData("{\"zz-canary-zz\":1}")]
    [InlineData("{\"UserId\":\"a\"}")]
    [InlineData("{\"$type\":\"zz-canary-zz\"}")]
    [InlineData("{\"sid\":\"zz-canary-zz\"}")]
    [InlineData("{\"device\":{\"zz-canary-zz\":1}}")]
    [InlineData("{\"userId\":1}")]
    [InlineData("{\"userId\":\"\"}")]
    [InlineData("{\"userId\":[\"zz-canary-zz\"]}")]
    [InlineData("{\"userId\":\"zz-canary-zz\\u0000\"}")]
    [InlineData("{\"userId\":\"zz-canary-zz\\n\"}")]
    [InlineData("{\"userId\":\"zz-canary-zz\\u0085\"}")]
    [InlineData("{\"userId\":\"zz-canary-zz\\u2028\"}")]
    [InlineData("{\"claims\":[]}")]
    [InlineData("{\"claims\":\"zz-canary-zz\"}")]
    [InlineData("{\"claims\":{\"zz-canary-zz\":1,\"zz-canary-zz\":2}}")]
    [InlineData("{\"claims\":{\"a\":[{\"b\":1,\"\\u0062\":2}]}}")]
    [InlineData("{\"data\":7}")]
    [InlineData("{\"device\":\"zz-canary-zz\"}")]
    [InlineData("{\"device\":{\"ipAddress\":\"zz-canary-zz\"}}")]
    [InlineData("{\"device\":{\"ipAddress\":\"1.2.3\"}}")]
    [InlineData("{\"device\":{\"ipAddress\":\"0x7f.0.0.1\"}}")]
    [InlineData("{\"device\":{\"ipAddress\":\"1.2.3.4:80\"}}")]
    [InlineData("{\"device\":{\"ipAddress\":\"[::1]\"}}")]
    [InlineData("{\"device\":{\"ipAddress\":\"fe80::1%eth0\"}}")]
    [InlineData("{\"device\":{\"label\":\"zz-canary-zz\\u001b[31m\"}}")]
    [InlineData("{\"idleTimeoutSeconds\":0}")]
    [InlineData("{\"idleTimeoutSeconds\":-1}")]
    [InlineData("{\"idleTimeoutSeconds\":1.5}")]
    [InlineData("{\"idleTimeoutSeconds\":\"60\"}")]
    [InlineData("{\"idleTimeoutSeconds\":9223372036854775807}")]
    [InlineData("{\"idleTimeoutSeconds\":9223372036854775808}")]
    [InlineData("{\"absoluteLifetimeSeconds\":-9223372036854775808}")]
    [InlineData("{\"absoluteLifetimeSeconds\":315360001}")]
    [InlineData("{\"absoluteLifetimeSeconds\":100000000000000000000000000000}")]
    [InlineData("{\"absoluteLifetimeSeconds\":86401}")]
    [InlineData("{\"idleTimeoutSeconds\":3601}")]
    [InlineData("{\"assuranceLevel\":\"aal4\"}")]
    [InlineData("{\"assuranceLevel\":\"AAL2\"}")]
    [InlineData("{\"assuranceLevel\":2}")]
    public async Task A_value_that_is_not_allowed_is_refused(string json) => await AssertRefusedAsync(json, "validation");

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0 })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0 })]
    public async Task Bytes_that_are_not_JSON_in_UTF8_are_refused(byte[] body)
    {
        var answer = await _api.SendBytesAsync("POST", "/api/v1/sessions", body, Authorization, ("Content-Type", "application/json"));
        Assert.Equal((400, "body-unreadable"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("{\"userId\":null,\"claims\":null,\"data\":null,\"device\":null,\"assuranceLevel\":null,\"idleTimeoutSeconds\":null}")]
    [InlineData("{\"userId\":\"\\ud83d\\ude00 O'Brien / \\\\ # ? % \\u00e9\"}")]
    [InlineData("{\"device\":{\"label\":\"\",\"userAgent\":\"x\",\"ipAddress\":\"2001:DB8::1\"}}")]
    [InlineData("{\"claims\":{\"\\u0061\":\"\\u0000\"}}")]
    [InlineData("{}")]
    public async Task What_is_odd_but_allowed_is_taken(string json) =>
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", json)).Status);

    [Theory]
    [InlineData("userId", 256, true)]
    [InlineData("userId", 257, false)]
    public async Task Characters_are_counted_not_code_units(string member, int count, bool isAllowed)
    {
        var text = string.Concat(Enumerable.Repeat("\U0001F600", count));
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}":"{{text}}"}""");
        Assert.Equal(isAllowed ? 201 : 400, answer.Status);
    }

    [Theory]
    [InlineData("label", 128)]
    public async Task A_device_is_described_within_bounds(string member, int max)
    {
        Assert.Equal(201, (await CreateWithDeviceAsync(member, max)).Status);
        var answer = await CreateWithDeviceAsync(member, max + 1);
        Assert.Equal((400, $"#/device/{member}"), (answer.Status, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Theory]
    [InlineData("claims", 4096)]
    [InlineData("data", 32768)]
    public async Task Claims_and_data_are_measured_minified(string member, int max)
    {
        var filler = new string('x', max - """{"a":""}""".Length);
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}": { "a" :   "{{filler}}" } }""")).Status);
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}":{"a":"{{filler[1..]}}\u0078"} }""")).Status);
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}":{"a":"{{filler}}x"} }""");
        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_body_of_64_KiB_is_read_and_one_byte_more_is_413()
    {
        const int max = 64 * 1024;
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", "{}".PadRight(max))).Status);
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", "{}".PadRight(max + 1));
        Assert.Equal((413, "body-too-large"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_body_that_hides_its_length_is_measured_as_it_comes()
    {
        var context = _api.NewContext("POST", "/api/v1/sessions", Authorization, ("Content-Type", "application/json"));
        using var body = new MemoryStream(Encoding.UTF8.GetBytes("{}".PadRight((64 * 1024) + 1)));
        context.Request.Body = body;
        await _api.RunAsync(context);
        Assert.Equal(413, context.Response.StatusCode);
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("data")]
    public async Task Claims_and_data_nest_16_deep_and_no_deeper(string member)
    {
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}":{{Nested(16)}} }""")).Status);
        Assert.Equal(400, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}":{{Nested(17)}} }""")).Status);
        Assert.Equal(400, (await _api.SendAsync("POST", "/api/v1/sessions", $$"""{"{{member}}":{{Nested(5000)}} }""")).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Written_data_obeys_the_same_bounds(string method)
    {
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}/data";
        var filler = new string('x', 32768 - """{"a":""}""".Length);

        Assert.Equal(200, (await _api.SendAsync(method, target, Nested(16))).Status);
        foreach (var bad in new[] { Nested(17), "[]", "null", "1", "\"a\"", "", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "{}x", "{\"a\":\"\\ud800\"}" })
        {
            var answer = await _api.SendAsync(method, target, bad);
            Assert.Equal((400, "body-unreadable"), (answer.Status, answer.Problem));
        }

        Assert.Equal(200, (await _api.SendAsync("PUT", target, $$"""{"a":"{{filler}}"}""")).Status);
        var tooLarge = await _api.SendAsync(method, target, $$"""{"a":"{{filler}}x"}""");
        Assert.Equal((413, "data-too-large"), (tooLarge.Status, tooLarge.Problem));
    }

    [Fact]
    public async Task A_merge_that_would_outgrow_the_bound_is_refused_and_changes_nothing()
    {
        var (sid, _) = await _api.CreateAsync();
        var target = $"/api/v1/sessions/{sid}/data";
        var half = new string('x', 17_000);
        var before = await _api.SendAsync("PUT", target, $$"""{"a":"{{half}}"}""");
        var answer = await _api.SendAsync("PATCH", target, $$"""{"b":"{{half}}"}""");
        Assert.Equal((413, "data-too-large"), (answer.Status, answer.Problem));
        Assert.Equal(before.Body, (await _api.SendAsync("GET", target)).Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    [InlineData("application/merge-patch+json")]
    public async Task Only_JSON_in_UTF8_is_taken(string? contentType)
    {
        (string, string)[] headers = contentType is null ? [Authorization] : [Authorization, ("Content-Type", contentType)];
        var answer = await _api.SendBytesAsync("POST", "/api/v1/sessions", "{}"u8.ToArray(), headers);
        Assert.Equal((415, "media-type-unsupported"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task Every_spelling_of_JSON_in_UTF8_is_taken(string contentType) =>
        Assert.Equal(201, (await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Content-Type", contentType))).Status);

    [Fact]
    public async Task A_compressed_body_is_415() =>
        Assert.Equal(415, (await _api.SendAsync("POST", "/api/v1/sessions", "{}", ("Content-Encoding", "gzip"))).Status);

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("{\"token\":null}", 400)]
    [InlineData("{\"token\":1}", 400)]
    [InlineData("{\"token\":\"\",\"touch\":\"yes\"}", 400)]
    [InlineData("{\"token\":\"\",\"touch\":null}", 400)]
    [InlineData("{\"token\":\"\",\"ipAddress\":\"x\"}", 400)]
    [InlineData("{\"token\":\"\",\"token\":\"\"}", 400)]
    [InlineData("{\"token\":\"\"}", 200)]
    [InlineData("{\"token\":\"\\u0000\\u0000\"}", 200)]
    public async Task Introspection_asks_for_a_string_and_judges_any(string json, int status) =>
        Assert.Equal(status, (await _api.SendAsync("POST", "/api/v1/sessions/introspect", json)).Status);

    [Fact]
    public async Task A_token_is_the_same_however_JSON_escapes_it()
    {
        var (_, token) = await _api.CreateAsync();
        var escaped = string.Concat(token.Select(character => $"\\u{(int)character:x4}"));
        var answer = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{escaped}}"}""");
        Assert.True(answer.Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_token_of_ten_thousand_characters_is_inactive()
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"sst_{{new string('A', 10_000)}}"}""");
        Assert.Equal((200, """{"active":false}"""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"expiresInSeconds\":null}")]
    [InlineData("{\"expiresInSeconds\":1.5}")]
    [InlineData("{\"expiresInSeconds\":315360001}")]
    [InlineData("{\"expiresInSeconds\":86401}")]
    [InlineData("{\"idleTimeoutSeconds\":3601}")]
    [InlineData("{\"expiresInSeconds\":true}")]
    public async Task An_end_beyond_any_bound_is_refused(string json)
    {
        var (sid, _) = await _api.CreateAsync();
        var answer = await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", json);
        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
        Assert.Equal(200, (await _api.SendAsync("HEAD", $"/api/v1/sessions/{sid}")).Status);
    }

    [Fact]
    public async Task An_operation_without_a_body_takes_none_but_an_empty_object()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch")).Status);
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch", "{}")).Status);
        Assert.Equal(400, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch", """{"assuranceLevel":"aal3"}""")).Status);
        Assert.Equal(415, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch", "{}", ("Content-Type", "text/plain"))).Status);
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_is_408_at_the_deadline()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        var context = _api.NewContext("POST", "/api/v1/sessions", Authorization, ("Content-Type", "application/json"));
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IRequestBodyPipeFeature>(new SlowBody(pipe.Reader));
        var run = _api.RunAsync(context);
        Assert.False(run.IsCompleted);
        _api.Clock.Advance(TimeSpan.FromSeconds(3));
        await run;
        Assert.Equal(408, context.Response.StatusCode);
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

    private (string Name, string Value) Authorization => ("Authorization", "Bearer " + _api.Service.Reveal());

    private Task<ApiAnswer> CreateWithDeviceAsync(string member, int length) => _api.SendAsync(
        "POST", "/api/v1/sessions", $$"""{"device":{"{{member}}":"{{new string('x', length)}}"} }""");

    private async Task AssertRefusedAsync(string json, string problem)
    {
        var answer = await _api.SendAsync("POST", "/api/v1/sessions", json);

        Assert.Equal((400, problem), (answer.Status, answer.Problem));
        Assert.DoesNotContain(Canary, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, _api.Logs.AllText, StringComparison.Ordinal);
        Assert.Equal(0, _api.Tables.RowsWritten);
    }

    private sealed class SlowBody(System.IO.Pipelines.PipeReader reader) : Microsoft.AspNetCore.Http.Features.IRequestBodyPipeFeature
    {
        public System.IO.Pipelines.PipeReader Reader => reader;
    }
}
