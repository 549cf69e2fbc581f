using System.Text.Json.Nodes;
using SessionApi.Tests.Passports;

namespace SessionApi.Tests.Operations;

/// <summary>Introspections that name the version that the caller has: the session is not told again while it has it, and is validated all the same.</summary>
public sealed class KnownVersionTests : IAsyncDisposable
{
    private const string Path = "/api/v1/sessions/introspect";
    private const string Content = """{"userId":"alice","claims":{"name":"Älice"},"data":{"cart":[1,2]},"device":{"label":"L"},"authenticationMethods":["pwd"]}""";

    private readonly ApiFixture _api = new(PassportSetup.Settings());

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Only_the_id_and_the_time_left_are_told_while_the_version_stays()
    {
        var (sid, token) = await _api.CreateAsync(Content);
        _api.Clock.Advance(TimeSpan.FromSeconds(7));
        var whole = await _api.SendAsync("POST", Path, Item(token, known: null));
        var session = whole.Json.GetProperty("session");

        var answer = await _api.SendAsync("POST", Path, Item(token, session.GetProperty("version").GetInt64()));

        var idle = session.GetProperty("idleExpiresInSeconds").GetInt64();
        var left = session.GetProperty("expiresInSeconds").GetInt64();
        Assert.Equal($$$"""{"active":true,"unchanged":{"sid":"{{{sid}}}","idleExpiresInSeconds":{{{idle}}},"expiresInSeconds":{{{left}}}}}""", answer.Body);
        Assert.Equal((200, whole.Header("ETag")), (answer.Status, answer.Header("ETag")));
    }

    [Theory]
    [InlineData("POST", "/touch", "{}")]
    [InlineData("POST", "/touch", """{"ipAddress":"198.51.100.9"}""")]
    [InlineData("PUT", "/data", """{"cart":[]}""")]
    [InlineData("PATCH", "/data", """{"cart":null}""")]
    [InlineData("PUT", "/claims", """{"name":"Alice","roles":["editor"]}""")]
    [InlineData("PUT", "/expiry", """{"expiresInSeconds":600}""")]
    [InlineData("POST", "/rotate", """{"assuranceLevel":"aal2","claims":{"name":"A"}}""")]
    public async Task After_every_change_the_whole_session_is_told(string method, string path, string body)
    {
        var (sid, token) = await _api.CreateAsync(Content);
        var known = (await _api.SendAsync("POST", Path, Item(token, known: null))).Json.GetProperty("session").GetProperty("version").GetInt64();
        _api.Clock.Advance(TimeSpan.FromMinutes(10));
        var type = method == "PATCH" ? "application/merge-patch+json" : "application/json";
        var changed = await _api.SendAsync(method, $"/api/v1/sessions/{sid}{path}", body, ("Content-Type", type));
        Assert.InRange(changed.Status, 200, 204);
        var presented = path == "/rotate" ? changed.Json.GetProperty("token").GetString()! : token;

        var answer = await _api.SendAsync("POST", Path, Item(presented, known));

        var whole = await _api.SendAsync("POST", Path, Item(presented, known: null));
        Assert.Equal(whole.Body, answer.Body);
        Assert.True(answer.Json.GetProperty("session").GetProperty("version").GetInt64() > known);
    }

    [Fact]
    public async Task Activity_that_the_introspection_writes_is_a_change()
    {
        var (_, token) = await _api.CreateAsync(Content);
        var known = (await _api.SendAsync("POST", Path, Item(token, known: null))).Json.GetProperty("session").GetProperty("version").GetInt64();
        _api.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await _api.SendAsync("POST", Path, $$"""{"token":"{{token}}","knownVersion":{{known}}}""");

        Assert.Equal(known + 1, answer.Json.GetProperty("session").GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2")]
    [InlineData("999999999999999999")]
    public async Task Any_other_version_is_none(string version)
    {
        var (sid, token) = await _api.CreateAsync(Content);

        var answer = await _api.SendAsync("POST", Path, $$"""{"token":"{{token}}","touch":false,"knownVersion":{{version}}}""");

        Assert.Equal(sid, answer.Json.GetProperty("session").GetProperty("sid").GetString());
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("1e400")]
    public async Task What_is_no_whole_number_is_refused_and_named(string version)
    {
        var (_, token) = await _api.CreateAsync(Content);

        var answer = await _api.SendAsync("POST", Path, $$"""{"token":"{{token}}","knownVersion":{{version}}}""");

        Assert.Equal((400, "#/knownVersion"), (answer.Status, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task An_ended_session_is_inactive_whatever_is_known()
    {
        var (sid, token) = await _api.CreateAsync(Content);
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);

        for (var known = 0; known < 4; known++)
        {
            Assert.Equal("""{"active":false}""", (await _api.SendAsync("POST", Path, Item(token, known))).Body);
        }
    }

    [Fact]
    public async Task What_is_missing_and_a_passport_are_told_beside_it()
    {
        var (_, token) = await _api.CreateAsync(Content);

        var missing = await _api.SendAsync("POST", Path, $$"""{"token":"{{token}}","knownVersion":1,"requires":{"methods":["hwk"]} }""");
        var passport = await _api.SendAsync("POST", Path, $$"""{"token":"{{token}}","knownVersion":1,"passport":{"audience":"orders"} }""");

        Assert.Equal(["active", "insufficient", "unchanged"], JsonNode.Parse(missing.Body)!.AsObject().Select(static member => member.Key));
        Assert.Equal(["active", "unchanged", "passport"], JsonNode.Parse(passport.Body)!.AsObject().Select(static member => member.Key));
    }

    private static string Item(string token, long? known) =>
        known is { } version ? $$"""{"token":"{{token}}","touch":false,"knownVersion":{{version}}}""" : $$"""{"token":"{{token}}","touch":false}""";
}
