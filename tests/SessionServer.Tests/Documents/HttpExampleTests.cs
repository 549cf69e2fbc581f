using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests.Documents;

/// <summary>The examples of docs/http-api.md and docs/cookies.md are requests that were sent and answers that came.</summary>
public sealed class HttpExampleTests : IAsyncLifetime
{
    private static readonly string[] Identity = ["sid", "userId", "state"];

    private SessionServerProcess? _server;
    private ApiClient? _api;

    private ApiClient Api => _api ?? throw new InvalidOperationException("The server is not started.");

    public async Task InitializeAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();

        // A slow answer of Redis would change what the examples show.
        var settings = new Dictionary<string, string> { ["Maintenance:Timers"] = "false", ["Cookies:Enabled"] = "true", ["Cache:OperationTimeout"] = "00:00:04" };
        _server = await SessionServerProcess.StartAsync(azurite.ConnectionString, redis.Address, settings, CancellationToken.None);
        _api = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
    }

    public async Task DisposeAsync()
    {
        _api?.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task The_examples_of_the_HTTP_API_are_what_it_answers()
    {
        var examples = new HttpExamples(Api);
        var (sid, token) = await CreateAndValidateAsync(examples);
        token = await ChangeAsync(examples, sid, token);
        await ListAndEndAsync(examples, sid, token);
        await KeyedAsync(examples);
        await OperateAsync(examples);
        await TellFactsAsync(examples);

        Assert.All(examples.Parts, part => Document.AssertPart("docs/http-api.md", part.Key, [.. part.Value, ""]));
    }

    [Fact]
    public async Task The_examples_of_cookie_mode_are_what_it_answers()
    {
        var examples = new HttpExamples(Api);
        var (_, token) = await Api.CreateAsync("bob");
        (string, string)[] cookie = [("Cookie", $"__Host-session={token}")];
        var who = await examples.SendAsync("who", "GET /v1/session", credential: null, body: null, cookie, [.. Identity, "csrfToken"]);
        var own = cookie.Append(("Sec-Fetch-Site", "same-origin")).ToArray();
        (string, string)[] proven = [.. own, ("X-Session-CSRF", who.TextOf("csrfToken"))];

        Assert.Equal(403, (int)(await examples.SendAsync("refused", "POST /v1/session/touch", credential: null, body: null, own)).Status);
        Assert.Equal(200, (int)(await Api.SendAsync("POST", "/v1/session/touch", credential: null, body: null, proven)).Status);
        Assert.Equal(204, (int)(await examples.SendAsync("out", "DELETE /v1/session", credential: null, body: null, proven)).Status);

        Assert.All(examples.Parts, part => Document.AssertPart("docs/cookies.md", part.Key, [.. part.Value, ""]));
    }

    private async Task<(string Sid, string Token)> CreateAndValidateAsync(HttpExamples examples)
    {
        var created = await examples.SendAsync(
            "create", "POST /v1/sessions", Api.ServiceKey, """{"userId":"alice","claims":{"role":"admin"},"data":{"cart":[]},"device":{"label":"Laptop"}}""", [("Idempotency-Key", "sign-in-4711")]);
        var (sid, token) = (created.TextOf("sid"), created.TextOf("token"));
        Assert.Equal(201, (int)created.Status);
        await examples.SendAsync(
            "validate", "POST /v1/sessions/introspect", Api.ServiceKey, $"{{\"token\":\"{token}\"}}", only: ["active", .. Identity.Append("claims").Append("data").Append("idleExpiresInSeconds").Select(name => "session." + name)]);
        await examples.SendAsync("validate", "POST /v1/sessions/introspect", Api.ServiceKey, """{"token":"sst_unknown"}""");
        await examples.SendAsync(
            "several",
            "POST /v1/sessions/introspections",
            Api.ServiceKey,
            $$"""{"introspections":[{"token":"{{token}}"},{"token":"sst_unknown","touch":false}]}""",
            only: ["answers.active", "answers.session.sid", "answers.session.userId", "answers.session.state"]);
        await examples.SendAsync("known", "POST /v1/sessions/introspect", Api.ServiceKey, $$"""{"token":"{{token}}","knownVersion":1}""");
        await examples.SendAsync("bounded", $"GET /v1/sessions/{sid}/data", Api.ServiceKey, body: null, [("Session-Consistency", "max-age=0")]);
        await IntrospectByFormAsync(examples, token);
        await examples.SendAsync("problem", "POST /v1/sessions/introspect", Api.ServiceKey, """{"Token":"x"}""");
        await examples.SendAsync("read", $"GET /v1/sessions/{sid}", Api.ServiceKey, only: [.. Identity, "device", "version"]);
        return (sid, token);
    }

    private async Task IntrospectByFormAsync(HttpExamples examples, string token)
    {
        (string, string)[] form = [("Content-Type", "application/x-www-form-urlencoded")];
        var id = Api.ServiceKey["ssk_".Length..^50];
        await examples.SendAsync("form", "POST /v1/introspect", credential: null, $"token={token}&token_type_hint=access_token&client_id={id}&client_secret={Api.ServiceKey}", form);
        Assert.Equal(401, (int)(await examples.SendAsync("form", "POST /v1/introspect", credential: null, $"token={token}&client_id=other&client_secret={Api.ServiceKey}", form)).Status);
    }

    private async Task<string> ChangeAsync(HttpExamples examples, string sid, string token)
    {
        await examples.SendAsync("data", $"PATCH /v1/sessions/{sid}/data", Api.ServiceKey, """{"theme":"dark"}""");
        var stale = await examples.SendAsync("data", $"PUT /v1/sessions/{sid}/data", Api.ServiceKey, """{"cart":[7]}""", [("If-Match", "\"1\"")]);
        Assert.Equal(412, (int)stale.Status);
        await examples.SendAsync("activity", $"POST /v1/sessions/{sid}/touch", Api.ServiceKey, """{"ipAddress":"192.0.2.44"}""", only: [.. Identity, "device.lastIpAddress", "lastSeenAt", "idleExpiresAt"]);
        await examples.SendAsync("activity", $"PUT /v1/sessions/{sid}/expiry", Api.ServiceKey, """{"expiresInSeconds":7200}""", only: [.. Identity, "absoluteExpiresAt", "expiresInSeconds"]);
        var rotated = await examples.SendAsync(
            "rotate", $"POST /v1/sessions/{sid}/rotate", Api.ServiceKey, """{"assuranceLevel":"aal2"}""", only: ["sid", "token", "session.assuranceLevel", "session.authenticatedAt", "session.version"]);
        Assert.NotEqual(token, rotated.TextOf("token"));
        (string, string)[] required = [("Session-Max-Authentication-Age", "300"), ("Session-Min-Assurance-Level", "aal3"), ("Session-Authentication-Methods", "hwk")];
        await examples.SendAsync(
            "requires", "POST /v1/sessions/introspect", Api.ServiceKey, $$$"""{"token":"{{{rotated.TextOf("token")}}}","requires":{"minAssuranceLevel":"aal3","methods":["hwk"]}}""", only: ["active", "insufficient"]);
        await examples.SendAsync("requires", "GET /v1/session", rotated.TextOf("token"), body: null, required);
        await examples.SendAsync("own", "GET /v1/session", rotated.TextOf("token"), only: [.. Identity, "claims", "idleExpiresInSeconds", "expiresInSeconds"]);
        return rotated.TextOf("token");
    }

    private async Task ListAndEndAsync(HttpExamples examples, string sid, string token)
    {
        var (phone, _) = await Api.CreateAsync("alice");
        var members = Identity.Append("device.label").Append("lastSeenAt").Append("current").Select(name => "sessions." + name).ToArray();
        await examples.SendAsync("devices", "GET /v1/me/sessions", token, only: members);
        Assert.Equal(204, (int)(await examples.SendAsync("devices", $"DELETE /v1/me/sessions/{phone}", token)).Status);
        await examples.SendAsync("list", "GET /v1/sessions?userId=alice", Api.ServiceKey, only: members);
        await examples.SendAsync("list", "GET /v1/sessions?userId=alice&countOnly=true", Api.ServiceKey);
        Assert.Equal(204, (int)(await examples.SendAsync("end", $"DELETE /v1/sessions/{sid}?reason=password-changed", Api.ServiceKey)).Status);
        await examples.SendAsync("end", $"GET /v1/sessions/{sid}", Api.ServiceKey, only: [.. Identity, "endReason", "endedAt"]);
        Assert.Equal(401, (int)(await examples.SendAsync("end", "GET /v1/session", token)).Status);
        await Api.CreateAsync("alice");
        await examples.SendAsync("end", "DELETE /v1/sessions?userId=alice", Api.ServiceKey);
    }

    private async Task TellFactsAsync(HttpExamples examples)
    {
        string[] facts = ["userId", "absoluteExpiresAt", "assuranceLevel", "persistent", "device.name", "authenticationMethods", "actor"];
        const string body =
            """
            {"userId":"carol","authenticationMethods":["pwd"],"persistent":true,
            "device":{"secChUa":"\"Google Chrome\";v=\"142\"","secChUaPlatform":"\"Windows\""}}
            """;
        var created = await examples.SendAsync("facts", "POST /v1/sessions", Api.ServiceKey, body, only: ["sid", "token", .. facts.Select(name => "session." + name)]);
        await examples.SendAsync(
            "facts", $"POST /v1/sessions/{created.TextOf("sid")}/rotate", Api.ServiceKey, """{"assuranceLevel":"aal2","authenticationMethods":["pwd","otp"]}""", only: ["sid", "token", .. facts.Select(name => "session." + name)]);
        const string actor = """{"userId":"carol","actor":{"sub":"support-7","reason":"Ticket 4711: order is not shown"}}""";
        var acting = await examples.SendAsync("facts", "POST /v1/sessions", Api.ServiceKey, actor, only: ["sid", "token", .. facts.Select(name => "session." + name)]);
        await examples.SendAsync("facts", "GET /v1/me/sessions", acting.TextOf("token"), only: ["sessions.sid", "sessions.device.name", "sessions.actor", "sessions.current"]);
        await examples.SendAsync("facts", "POST /v1/sessions", Api.ServiceKey, """{"actor":{"sub":"support-7"}}""");
    }

    private async Task KeyedAsync(HttpExamples examples)
    {
        // SHA-256 of "framework-id", as an adapter sends it.
        const string path = "/v1/keyed-sessions/5fox7UOmwt-13LUyMTBNScCCz1WyM8ygQTqwuTvml5M";
        string[] members = [.. Identity, "data", "idleExpiresInSeconds"];
        var created = await examples.SendAsync("keyed", $"PUT {path}", Api.ServiceKey, """{"data":{"cart":[]}}""", [("If-None-Match", "*")], members);
        Assert.Equal(201, (int)created.Status);
        Assert.Equal(200, (int)(await examples.SendAsync("keyed", $"GET {path}", Api.ServiceKey, only: members)).Status);
        await IntrospectKeyAsync(examples, path[(path.LastIndexOf('/') + 1)..]);
        var moved = await examples.SendAsync("keyed", $"PUT {path}", Api.ServiceKey, """{"data":{"cart":[7]},"userId":"alice"}""", [("If-Match", "\"1\"")], members);
        Assert.Equal(200, (int)moved.Status);
        Assert.Equal(204, (int)(await examples.SendAsync("keyed", $"DELETE {path}?reason=signed-out", Api.ServiceKey)).Status);
        Assert.Equal(409, (int)(await examples.SendAsync("keyed", $"PUT {path}", Api.ServiceKey, """{"data":{"cart":[8]}}""")).Status);
    }

    private async Task IntrospectKeyAsync(HttpExamples examples, string key)
    {
        (string, string)[] type = [("Content-Type", "application/x-www-form-urlencoded")];
        Assert.Equal(200, (int)(await examples.SendAsync("keyed", "POST /v1/introspect", Api.ServiceKey, $"token={key}&token_type_hint=session_key", type)).Status);
    }

    private async Task OperateAsync(HttpExamples examples)
    {
        string[] run = ["runId", "finished", "drift", "counts.users", "counts.rows"];
        await examples.SendAsync("operate", "POST /v1/operations/rebuild-indexes?userId=alice", Api.OperatorKey, only: run);
        Assert.Equal(200, (int)(await examples.SendAsync("operate", "POST /v1/operations/purge", Api.OperatorKey, only: ["runId", "finished", "counts.sessionsPurged", "counts.tombstonesPurged"])).Status);
        await examples.SendAsync("operate", "GET /v1/operations/status", Api.OperatorKey, only: ["purge.running", "purge.lastFinishedAt", "rebuild.running", "backlogAgeSeconds", "sessions.live", "sessions.countedAt"]);
        Assert.Equal(202, (int)(await examples.SendAsync("operate", "POST /v1/operations/revoke-before", Api.OperatorKey, """{"instant":"2026-01-31T12:00:00Z"}""")).Status);
        Assert.Equal(200, (int)(await examples.SendAsync("operate", "POST /v1/operations/replay-events", Api.OperatorKey)).Status);
        Assert.Equal(200, (int)(await examples.SendAsync("operate", "POST /v1/operations/verify-audit", Api.OperatorKey)).Status);
        await examples.SendAsync("health", "GET /health/ready", credential: null);
    }
}
