using Support.Hosts;

namespace HttpTests.RawRequests;

/// <summary>
/// Requests that no client library would send, against the real server: framed twice or wrongly, with bytes that no request has, and
/// with paths and headers that try to be another request. What is smuggled behind one is never carried out.
/// </summary>
public sealed class RawRequestTests(QuietServer server) : IClassFixture<QuietServer>
{
    private const string Post = "POST /api/v1/sessions/introspect HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private const string Get = "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    private static readonly string Long = new('a', 70_000);

    /// <summary>
    /// Gets requests with ambiguous framing: they are refused and the connection is closed, because the bytes after them may be another
    /// client's.
    /// </summary>
    public static TheoryData<string, string> Misframed => new()
    {
        { "two lengths", Post + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" },
        { "a list of lengths", Post + "Content-Length: 2, 2\r\n\r\n{}" },
        { "a negative length", Post + "Content-Length: -2\r\n\r\n{}" },
        { "a hexadecimal length", Post + "Content-Length: 0x2\r\n\r\n{}" },
        { "an enormous length", Post + "Content-Length: 99999999999999999999\r\n\r\n{}" },
        { "a length in two words", Post + "Content-Length: 2 0\r\n\r\n{}" },
        { "an encoding that is not chunked", Post + "Transfer-Encoding: identity\r\n\r\n{}" },
        { "an encoding after chunked", Post + "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "an encoding like chunked", Post + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
        { "a folded header", Get + "X-A: 1\r\n Content-Length: 5\r\n\r\n" },
        { "a space before the colon", Get + "Content-Length : 0\r\n\r\n" },
        { "a header without a name", Get + ": 1\r\n\r\n" },
        { "a header without a colon", Get + "X-A\r\n\r\n" },
        { "NUL in a header", Get + "X-A: a\0b\r\n\r\n" },
        { "NUL in the target", "GET /api/v1/ses\0sion HTTP/1.1\r\nHost: localhost\r\n\r\n" },
        { "a control character in a header's name", Get + "X-\u0001A: 1\r\n\r\n" },
        { "CR alone in a header", Get + "X-A: a\rb\r\n\r\n" },
        { "no host", "GET /api/v1/session HTTP/1.1\r\n\r\n" },
        { "two hosts", Get + "Host: other\r\n\r\n" },
        { "a host that is none", "GET /api/v1/session HTTP/1.1\r\nHost: a b\r\n\r\n" },
        { "no version", "GET /api/v1/session\r\nHost: localhost\r\n\r\n" },
        { "a tab in the request line", "GET\t/api/v1/session\tHTTP/1.1\r\nHost: localhost\r\n\r\n" },
        { "a header of 70,000 bytes", Get + $"X-A: {Long}\r\n\r\n" },
        { "200 headers", Get + string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n")) + "\r\n" },
        { "a target of 70,000 bytes", $"GET /api/v1/{Long} HTTP/1.1\r\nHost: localhost\r\n\r\n" },
    };

    /// <summary>Gets requests that end lines with LF alone. SessionServer refuses them; the platform of Functions takes them before the app.</summary>
    public static TheoryData<string, string> EndedByLineFeed => new()
    {
        { "lines that end with LF", "GET /api/v1/session HTTP/1.1\nHost: localhost\n\n" },
        { "one header that ends with LF", "GET /api/v1/session HTTP/1.1\r\nHost: localhost\nX-A: 1\r\n\r\n" },
    };

    /// <summary>Gets requests whose body is framed wrongly behind a head that is right.</summary>
    public static TheoryData<string, string> MisframedBodies => new()
    {
        { "LF in a chunk's extension", Post + "Transfer-Encoding: chunked\r\n\r\n2;a\nxx\r\n{}\r\n0\r\n\r\n" },
        { "a chunk without a size", Post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" },
        { "a chunk of negative size", Post + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n" },
        { "a chunk of enormous size", Post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n" },
        { "a chunk longer than its size", Post + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n" },
    };

    /// <summary>Gets requests that are framed well and mean nothing good: they are answered as documented.</summary>
    public static TheoryData<string, string> Misleading => new()
    {
        { "a target with another host", "GET http://other.example/api/v1/session HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n" },
        { "a target of another scheme", "GET ftp://localhost/api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "OPTIONS of everything", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "CONNECT", "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\nConnection: close\r\n\r\n" },
        { "TRACE", "TRACE /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "an expectation that is none", Get + "Expect: 200-ok\r\n\r\n" },
        { "an upgrade", Get + "Upgrade: websocket\r\n\r\n" },
        { "methods to override with", Get + "X-HTTP-Method-Override: DELETE\r\nX-Method-Override: DELETE\r\nX-HTTP-Method: DELETE\r\n\r\n" },
        { "paths to override with", Get + "X-Original-URL: /api/v1/operations/status\r\nX-Rewrite-URL: /api/v1/operations/status\r\nX-Forwarded-Prefix: /x\r\n\r\n" },
        { "an escaped slash", "GET /api/v1%2fsession HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "escaped dots", "GET /api/v1/sessions/%2e%2e/operations/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "dots", "GET /api/v1/sessions/../operations/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "escaped twice", "GET /api/v1/sessions/%252e%252e/operations/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "double slashes", "GET //api//v1//operations//status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "upper case", "GET /API/V1/OPERATIONS/STATUS HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "a semicolon", "GET /api/v1/operations/status;a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "a backslash", "GET /api/v1\\operations\\status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "escaped NUL", "GET /api/v1/session%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "escaped bytes that are no UTF-8", "GET /api/v1/sessions/%ff%fe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "bytes that are no UTF-8 in a header", Get + "X-A: \u00ff\u00fe\r\n\r\n" },
        { "an old version", "GET /api/v1/session HTTP/1.0\r\nHost: localhost\r\n\r\n" },
        { "a version to come", "GET /api/v1/session HTTP/9.9\r\nHost: localhost\r\n\r\n" },
        { "a version in lower case", "GET /api/v1/session http/1.1\r\nHost: localhost\r\n\r\n" },
        { "a length with a sign, which Kestrel reads", Post + "Connection: close\r\nContent-Length: +2\r\n\r\n{}" },
        { "a chunk's extension", Post + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Misframed))]
    public Task A_request_that_is_not_framed_clearly_is_refused_with_its_connection(string what, string request) =>
        AssertRefusedAsync(what, request, most: 499);

    // The platform of Functions proxies the body, and what breaks it on the way is its own empty 500.
    [Theory]
    [MemberData(nameof(MisframedBodies))]
    public Task A_body_that_is_not_framed_clearly_is_refused_with_its_connection(string what, string request) =>
        AssertRefusedAsync(what, request, most: TestedHost.Kind is HostKind.Functions ? 500 : 499);

    [Theory]
    [MemberData(nameof(EndedByLineFeed))]
    public async Task A_line_that_ends_with_LF_is_refused_or_ends_the_line_for_every_reader(string what, string request)
    {
        if (TestedHost.Kind is HostKind.Kestrel)
        {
            await AssertRefusedAsync(what, request, most: 499);
            return;
        }

        var exchange = await RawExchange.SendAsync(server.Client.Url, request + Get + "\r\n");
        Assert.Equal([401, 401], exchange.Statuses);
    }

    // RFC 9112 section 6.1: the chunks count, and the connection is closed, so that what another reader may take for their rest is nothing.
    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n")]
    public async Task A_request_that_is_framed_twice_is_the_last_of_its_connection(string framing)
    {
        var (sid, token) = await server.Client.CreateAsync("alice");

        var exchange = await RawExchange.SendAsync(server.Client.Url, $"{Post}{framing}\r\n0\r\n\r\n{Smuggled(sid)}");

        Assert.True(exchange.IsClosed, exchange.Text);
        Assert.Equal([401], exchange.Statuses);
        await AssertUnharmedAsync(token);
    }

    [Theory]
    [MemberData(nameof(Misleading))]
    public async Task A_request_that_means_to_be_another_is_answered_as_documented(string what, string request)
    {
        var (_, token) = await server.Client.CreateAsync("alice");

        var exchange = await RawExchange.SendAsync(server.Client.Url, request);

        Assert.True(exchange.IsClosed, $"{what}: the connection stays open. {exchange.Text}");
        Assert.True(exchange.HasProblemsOnly(), $"{what}: {exchange.Text}");
        Assert.All(exchange.Statuses, status => Assert.Contains(status, new[] { 204, 400, 401, 404, 405, 505 }));
        await AssertUnharmedAsync(token);
    }

    private async Task AssertRefusedAsync(string what, string request, int most)
    {
        var (sid, token) = await server.Client.CreateAsync("alice");

        var exchange = await RawExchange.SendAsync(server.Client.Url, request + Smuggled(sid));

        Assert.True(exchange.IsClosed, $"{what}: the connection stays open. {exchange.Text}");
        Assert.True(exchange.Statuses.Count <= 1, $"{what}: {exchange.Text}");
        Assert.All(exchange.Statuses, status => Assert.InRange(status, 400, most));
        await AssertUnharmedAsync(token);
    }

    private string Smuggled(string sid) =>
        $"DELETE /api/v1/sessions/{sid} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.Client.ServiceKey}\r\nConnection: close\r\n\r\n";

    private async Task AssertUnharmedAsync(string token)
    {
        Assert.True(await server.Client.IsActiveAsync(token));
        Assert.DoesNotContain(server.Log.Split(" | "), IsFault);
    }

    // The worker of Functions logs an invocation whose request broke off on its way there; what a handler does wrong is logged by the dispatcher.
    private static bool IsFault(string line) =>
        (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal))
        && !line.Contains("Function invocation cancelled", StringComparison.Ordinal)
        && !line.Contains("Timed out waiting for the function start call", StringComparison.Ordinal);
}
