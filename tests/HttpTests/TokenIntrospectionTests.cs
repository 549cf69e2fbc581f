using System.Text;
using System.Text.Json;
using HttpTests.RawRequests;

namespace HttpTests;

/// <summary>
/// Token introspection (RFC 7662) by the requests that resource servers send, byte for byte: Spring Security's opaque token support
/// (<c>SpringOpaqueTokenIntrospector</c>, <c>NimbusOpaqueTokenIntrospector</c>) and Duende's introspection handler
/// (<c>IdentityModel.AspNetCore.OAuth2Introspection</c>).
/// </summary>
public sealed class TokenIntrospectionTests(RunningHost host) : HttpSuite(host)
{
    // It follows on the same connection and closes it, so that the request before it stays as it is.
    private const string Last = "GET /api/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private string Key => Api.ServiceKey;

    // A client's name has no underscore, but its secret may.
    private string ClientId => Key["ssk_".Length..Key.IndexOf('_', "ssk_".Length)];

    // HttpURLConnection under RestTemplate; Spring Framework up to 6.0 names the charset of the form, and Nimbus' class that of the answer.
    [Theory]
    [InlineData("application/json", "application/x-www-form-urlencoded;charset=UTF-8")]
    [InlineData("application/json", "application/x-www-form-urlencoded")]
    [InlineData("application/json;charset=UTF-8", "application/x-www-form-urlencoded;charset=UTF-8")]
    public async Task The_request_of_Springs_RestTemplate_is_served(string accept, string type)
    {
        var (sid, token) = await CreateAsync();
        var body = $"token={token}";
        var answer = await SendAsync(
            "POST /api/v1/introspect HTTP/1.1\r\n"
            + $"Accept: {accept}\r\nContent-Type: {type}\r\nAuthorization: {Basic(ClientId, Key)}\r\nUser-Agent: Java/17.0.13\r\n"
            + $"Host: localhost:{Api.Url.Port}\r\nConnection: keep-alive\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        AssertPrincipal(answer, sid);
    }

    // The client of java.net.http offers HTTP/2 on a plain connection. RestClient's builder percent-encodes the client's name and secret.
    [Fact]
    public async Task The_request_of_Springs_RestClient_is_served()
    {
        var (sid, token) = await CreateAsync();
        var body = $"token={token}";
        var answer = await SendAsync(
            "POST /api/v1/introspect HTTP/1.1\r\n"
            + "Connection: Upgrade, HTTP2-Settings\r\n"
            + $"Content-Length: {body.Length}\r\nHost: localhost:{Api.Url.Port}\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\nUpgrade: h2c\r\n"
            + "User-Agent: Java-http-client/21.0.5\r\nAccept: application/json\r\n"
            + $"Authorization: {Basic(Uri.EscapeDataString(ClientId), Uri.EscapeDataString(Key))}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{body}");

        AssertPrincipal(answer, sid);
    }

    [Fact]
    public async Task The_request_of_Duendes_handler_is_served()
    {
        var (sid, token) = await CreateAsync();
        var body = $"token={token}&token_type_hint=access_token&client_id={ClientId}&client_secret={Key}";
        var answer = await SendAsync(
            $"POST /api/v1/introspect HTTP/1.1\r\nHost: localhost:{Api.Url.Port}\r\nAccept: application/json\r\n"
            + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        AssertPrincipal(answer, sid);
    }

    // ClientCredentialStyle.AuthorizationHeader: encoded as RFC 6749 has it, or as it is.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_request_of_Duendes_handler_with_a_header_is_served(bool isEncoded)
    {
        var (sid, token) = await CreateAsync();
        var body = $"token={token}&token_type_hint=access_token";
        var basic = isEncoded ? Basic(Uri.EscapeDataString(ClientId).Replace("%20", "+", StringComparison.Ordinal), Uri.EscapeDataString(Key)) : Basic(ClientId, Key);
        var answer = await SendAsync(
            $"POST /api/v1/introspect HTTP/1.1\r\nHost: localhost:{Api.Url.Port}\r\nAccept: application/json\r\nAuthorization: {basic}\r\n"
            + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        AssertPrincipal(answer, sid);
    }

    [Fact]
    public async Task A_token_that_is_not_live_is_inactive_and_nothing_more()
    {
        var (sid, token) = await CreateAsync();
        Assert.Equal(204, (int)(await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}")).Status);
        foreach (var unusable in new[] { token, token[..^1], "mF_9.B5f-4.1JqM", "sst_" })
        {
            var answer = await PostAsync($"token={unusable}", ("Authorization", Basic(ClientId, Key)));
            Assert.Equal((200, """{"active":false}"""), ((int)answer.Status, answer.Text));
        }
    }

    [Fact]
    public async Task Only_touch_true_is_activity()
    {
        var (sid, token) = await CreateAsync();
        foreach (var form in new[] { $"token={token}", $"token={token}&touch=false", $"token={token}&touch=true" })
        {
            Assert.Equal(200, (int)(await PostAsync(form, ("Authorization", "Bearer " + Key))).Status);
        }

        // Within the slack nothing is written; the session is as it was.
        Assert.Equal(1, (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Json.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_wrong_client_is_told_how_to_authenticate()
    {
        foreach (var header in new[] { Basic("somebody", Key), Basic(ClientId, Key[..^1]) })
        {
            var answer = await PostAsync("token=x", ("Authorization", header));
            Assert.Equal((401, "unauthenticated", "invalid_client"), ((int)answer.Status, answer.Problem, answer.TextOf("error")));
            Assert.Equal("Bearer, Basic realm=\"session-functions\", charset=\"UTF-8\"", answer.Header("WWW-Authenticate"));
        }
    }

    [Theory]
    [InlineData("token=x&client_id=a&client_secret=b", 400, "credential-ambiguous")]
    [InlineData("token=x&token=y", 400, "validation")]
    [InlineData("touch=true", 400, "validation")]
    [InlineData("token=%zz", 400, "body-unreadable")]
    public async Task A_bad_form_is_invalid_request(string form, int status, string problem)
    {
        var answer = await PostAsync(form, ("Authorization", Basic(ClientId, Key)));
        Assert.Equal((status, problem, "invalid_request"), ((int)answer.Status, answer.Problem, answer.TextOf("error")));
    }

    [Fact]
    public async Task Another_media_type_is_415()
    {
        var answer = await Api.ServiceAsync("POST", "/v1/introspect", """{"token":"x"}""");
        Assert.Equal((415, "media-type-unsupported", "application/x-www-form-urlencoded"), ((int)answer.Status, answer.Problem, answer.Header("Accept")));
    }

    private static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    // What Spring and Duende read: numbers as integers, a scope as one string with blanks, claims as members.
    private void AssertPrincipal(JsonElement answer, string sid)
    {
        Assert.Equal("""["pwd","otp"]""", answer.GetProperty("amr").GetRawText());
        Assert.Equal(ClientId, answer.GetProperty("client_id").GetString());
        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.Equal(sid, answer.GetProperty("sid").GetString());
        Assert.Equal("alice", answer.GetProperty("sub").GetString());
        Assert.Equal("read write", answer.GetProperty("scope").GetString());
        Assert.InRange(answer.GetProperty("exp").GetInt64(), answer.GetProperty("iat").GetInt64() + 1, long.MaxValue);
    }

    private async Task<(string Sid, string Token)> CreateAsync()
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice","claims":{"scope":"read write","sub":"mallory"},"authenticationMethods":["pwd","otp"]}""");
        Assert.Equal(201, (int)created.Status);
        return (created.TextOf("sid"), created.TextOf("token"));
    }

    private async Task<JsonElement> SendAsync(string request)
    {
        var exchange = await RawExchange.SendAsync(Api.Url, request + Last);
        Assert.Equal([200, 200], exchange.Statuses);
        var begin = exchange.Text.IndexOf("{\"active\"", StringComparison.Ordinal);
        return JsonElement.Parse(exchange.Text[begin..(exchange.Text.IndexOf('}', begin) + 1)]);
    }

    private Task<Support.Http.ApiAnswer> PostAsync(string form, (string Name, string Value) header) =>
        Api.SendAsync("POST", "/v1/introspect", credential: null, form, ("Content-Type", "application/x-www-form-urlencoded"), header);
}
