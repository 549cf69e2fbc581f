using System.Text.Json;
using Support.Http;

namespace HttpTests;

/// <summary>What a session says of its sign-in: authentication methods, actor, whether the user is remembered, and a readable device.</summary>
public sealed class SessionFactsTests(RunningHost host) : HttpSuite(host)
{
    private const string SafariOnIPhone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1";

    private const int AtLevel = 3600;
    private const int Remembered = 30 * 24 * 3600;

    public static TheoryData<string, string> BadMethods => new()
    {
        { "no array", "\"pwd\"" },
        { "an empty name", "[\"\"]" },
        { "a space", "[\"pass word\"]" },
        { "a quotation mark", "[\"a\\\"b\"]" },
        { "a backslash", "[\"a\\\\b\"]" },
        { "a control character", "[\"a\\u0007\"]" },
        { "no ASCII", "[\"schlüssel\"]" },
        { "a long name", $"[\"{new string('a', 65)}\"]" },
        { "twice the same", "[\"pwd\",\"pwd\"]" },
        { "too many", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]" },
        { "a number", "[1]" },
        { "a list in the list", "[[\"pwd\"]]" },
    };

    public static TheoryData<string, string> BadActors => new()
    {
        { "no reason", "{\"sub\":\"support-7\"}" },
        { "a null reason", "{\"sub\":\"support-7\",\"reason\":null}" },
        { "an empty reason", "{\"sub\":\"support-7\",\"reason\":\"\"}" },
        { "a blank reason", "{\"sub\":\"support-7\",\"reason\":\"  \"}" },
        { "a long reason", $"{{\"sub\":\"support-7\",\"reason\":\"{new string('x', 257)}\"}}" },
        { "no sub", "{\"reason\":\"ticket\"}" },
        { "an empty sub", "{\"sub\":\"\",\"reason\":\"ticket\"}" },
        { "nothing", "{}" },
        { "another member", "{\"sub\":\"support-7\",\"reason\":\"ticket\",\"role\":\"admin\"}" },
        { "no object", "\"support-7\"" },
    };

    [Fact]
    public async Task Authentication_methods_of_the_creation_are_in_every_answer()
    {
        var created = await CreateAsync(""" "authenticationMethods":["pwd","otp"] """);
        var answers = await AnswersAsync(created);

        Assert.All(answers, answer => Assert.Equal("""["pwd","otp"]""", Member(answer, "authenticationMethods")));
    }

    [Theory]
    [InlineData("""["face","fpt","geo","hwk","iris","kba","mca","mfa"]""")]
    [InlineData("""["user","vbm","wia","swk","sms","tel","pin","pop"]""")]
    [InlineData("""["okta_verify","x-passkey.2","http://schemas.microsoft.com/claims/multipleauthn"]""")]
    public async Task Method_names_of_the_form_of_RFC_8176_are_accepted_whether_registered_or_not(string methods)
    {
        var created = await CreateAsync($"\"authenticationMethods\":{methods}");

        Assert.Equal(methods, Member(created.Json.GetProperty("session"), "authenticationMethods"));
    }

    [Theory]
    [MemberData(nameof(BadMethods))]
    public async Task Method_names_of_another_form_are_400_at_creation_and_rotation(string what, string methods)
    {
        var (sid, token) = await Api.CreateAsync(NewUser());
        var create = await Api.ServiceAsync("POST", "/v1/sessions", $"{{\"authenticationMethods\":{methods}}}");
        var rotate = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", $"{{\"authenticationMethods\":{methods}}}");

        Assert.True(await Api.IsActiveAsync(token), what);
        Assert.All([create, rotate], answer => Assert.Equal((400, "#/authenticationMethods"), ((int)answer.Status, Pointer(answer))));
        Assert.All([create, rotate], answer => Assert.DoesNotContain("schl", answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rotation_replaces_keeps_or_removes_the_authentication_methods()
    {
        var sid = (await CreateAsync(""" "authenticationMethods":["pwd"] """)).TextOf("sid");

        var stepUp = await RotateAsync(sid, """{"assuranceLevel":"aal2","authenticationMethods":["pwd","hwk"]}""");
        var kept = await RotateAsync(sid, "{}");
        var alsoKept = await RotateAsync(sid, """{"authenticationMethods":null}""");
        var removed = await RotateAsync(sid, """{"authenticationMethods":[]}""");

        Assert.Equal("""["pwd","hwk"]""", Member(stepUp, "authenticationMethods"));
        Assert.Equal("""["pwd","hwk"]""", Member(kept, "authenticationMethods"));
        Assert.Equal("""["pwd","hwk"]""", Member(alsoKept, "authenticationMethods"));
        Assert.Null(Member(removed, "authenticationMethods"));
    }

    [Fact]
    public async Task An_actor_is_in_every_answer_and_in_the_users_own_list()
    {
        const string actor = """{"sub":"support-7","reason":"Ticket 4711: order is not shown"}""";
        var created = await CreateAsync($"\"actor\":{actor}");
        var (_, other) = await Api.CreateAsync(UserOf(created));

        Assert.All(await AnswersAsync(created), answer => Assert.Equal(actor, Member(answer, "actor")));
        var list = (await Api.UserAsync(other, "GET", "/v1/me/sessions")).Json.GetProperty("sessions");
        var seen = Assert.Single(list.EnumerateArray(), session => session.GetProperty("sid").GetString() == created.TextOf("sid"));
        Assert.Equal(actor, Member(seen, "actor"));
        Assert.Single(list.EnumerateArray(), session => !session.TryGetProperty("actor", out _));
    }

    [Fact]
    public async Task Nothing_removes_or_changes_an_actor()
    {
        const string actor = """{"sub":"support-7","reason":"ticket"}""";
        var created = await CreateAsync($"\"actor\":{actor}");
        var sid = created.TextOf("sid");

        var refused = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", """{"actor":null}""");
        await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/claims", """{"actor":null}""");
        await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", """{"actor":null}""");
        await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/touch", """{"ipAddress":"192.0.2.9"}""");
        await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/expiry", """{"expiresInSeconds":600}""");
        var byService = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", """{"claims":{},"authenticationMethods":[],"assuranceLevel":"aal1"}""");
        var byUser = await Api.UserAsync(byService.TextOf("token"), "POST", "/v1/session/rotate");

        Assert.Equal(400, (int)refused.Status);
        Assert.Equal(actor, Member(byUser.Json.GetProperty("session"), "actor"));
        Assert.Equal(actor, Member((await Api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Json, "actor"));
    }

    [Fact]
    public async Task An_anonymous_session_takes_its_facts_to_the_user()
    {
        var created = await Api.ServiceAsync(
            "POST", "/v1/sessions", """{"actor":{"sub":"support-7","reason":"ticket"},"authenticationMethods":["pwd"],"persistent":true}""");

        var kept = await RotateAsync(created.TextOf("sid"), $"{{\"userId\":\"{NewUser()}\"}}");

        Assert.Equal("""{"sub":"support-7","reason":"ticket"}""", Member(kept, "actor"));
        Assert.Equal("""["pwd"]""", Member(kept, "authenticationMethods"));
        Assert.Equal("true", Member(kept, "persistent"));
    }

    [Theory]
    [MemberData(nameof(BadActors))]
    public async Task An_actor_without_sub_and_reason_is_400_and_creates_nothing(string what, string actor)
    {
        var user = NewUser();

        var answer = await Api.ServiceAsync("POST", "/v1/sessions", $"{{\"userId\":\"{user}\",\"actor\":{actor}}}");

        Assert.Equal(400, (int)answer.Status);
        Assert.True(Pointer(answer).StartsWith("#/actor", StringComparison.Ordinal), what);
        var count = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true", body: null, ("Session-Consistency", "strong"));
        Assert.Equal(0, count.Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_persistent_session_has_limits_of_its_own_and_keeps_them()
    {
        var created = await CreateAsync(""" "persistent":true """);
        var sid = created.TextOf("sid");

        var answers = await AnswersAsync(created);
        var longer = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/expiry", $"{{\"expiresInSeconds\":{29 * 24 * 3600},\"idleTimeoutSeconds\":{Remembered}}}");
        var tooLong = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/expiry", $"{{\"expiresInSeconds\":{31 * 24 * 3600}}}");
        var touched = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/touch", """{"ipAddress":"192.0.2.9"}""");
        var rotated = await RotateAsync(sid, """{"assuranceLevel":"aal2"}""");
        var ended = await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");

        Assert.All(answers, answer => Assert.Equal(("true", Remembered), (Member(answer, "persistent"), Idle(answer))));
        Assert.Equal((200, 400), ((int)longer.Status, (int)tooLong.Status));
        Assert.Equal(("true", Remembered), (Member(touched.Json, "persistent"), Idle(touched.Json)));
        Assert.Equal(("true", Remembered), (Member(rotated, "persistent"), Idle(rotated)));
        Assert.InRange(rotated.GetProperty("expiresInSeconds").GetInt32(), Remembered - 60, Remembered);
        Assert.Equal(204, (int)ended.Status);
        Assert.Equal("true", Member((await Api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Json, "persistent"));
    }

    [Fact]
    public async Task A_sign_in_by_rotation_says_whether_the_user_is_remembered()
    {
        var (sid, _) = await Api.CreateAsync(userId: null);
        var alone = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", """{"persistent":true}""");
        var signedIn = await RotateAsync(sid, $"{{\"userId\":\"{NewUser()}\",\"persistent\":true}}");
        var forgotten = await RotateAsync(signedIn.GetProperty("sid").GetString()!, """{"assuranceLevel":"aal2","persistent":false}""");

        Assert.Equal((400, "#/persistent"), ((int)alone.Status, Pointer(alone)));
        Assert.Equal(("true", Remembered), (Member(signedIn, "persistent"), Idle(signedIn)));
        Assert.Equal((null, AtLevel), (Member(forgotten, "persistent"), Idle(forgotten)));
        Assert.InRange(forgotten.GetProperty("expiresInSeconds").GetInt32(), 1, 24 * 3600);
    }

    [Fact]
    public async Task A_persistent_session_at_aal3_is_400_and_a_step_up_to_aal3_has_the_limits_of_aal3()
    {
        var refused = await Api.ServiceAsync("POST", "/v1/sessions", """{"persistent":true,"assuranceLevel":"aal3"}""");
        var sid = (await CreateAsync(""" "persistent":true """)).TextOf("sid");
        var refusedToo = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", """{"persistent":true,"assuranceLevel":"aal3"}""");
        var stepUp = await RotateAsync(sid, """{"assuranceLevel":"aal3"}""");

        Assert.Equal((400, "#/persistent"), ((int)refusedToo.Status, Pointer(refusedToo)));
        Assert.Equal((400, "validation"), ((int)refused.Status, refused.Problem));
        Assert.Contains("persistent", refused.TextOf("detail"), StringComparison.Ordinal);
        Assert.Equal(("true", 15 * 60), (Member(stepUp, "persistent"), Idle(stepUp)));
        Assert.InRange(stepUp.GetProperty("expiresInSeconds").GetInt32(), 1, 12 * 3600);
    }

    [Fact]
    public async Task The_cookie_of_a_persistent_session_outlives_the_browser()
    {
        var remembered = await CreateAsync(""" "cookie":true,"persistent":true """);
        var forgotten = await CreateAsync(""" "cookie":true """);

        Assert.Contains("; Max-Age=", remembered.TextOf("setCookie"), StringComparison.Ordinal);
        Assert.DoesNotContain("Max-Age", forgotten.TextOf("setCookie"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"\"userAgent\":\"{SafariOnIPhone}\"", "Safari on iPhone")]
    [InlineData($"\"label\":\"Alice's phone\",\"userAgent\":\"{SafariOnIPhone}\"", "Alice's phone")]
    [InlineData("\"secChUa\":\"\\\"Chromium\\\";v=\\\"124\\\", \\\"Google Chrome\\\";v=\\\"124\\\"\",\"secChUaPlatform\":\"\\\"Windows\\\"\",\"secChUaMobile\":\"?0\"", "Chrome on Windows")]
    [InlineData("\"userAgent\":\"what no table knows\"", "Unknown device")]
    [InlineData("\"ipAddress\":\"192.0.2.1\"", null)]
    public async Task A_device_has_a_readable_name_in_every_answer(string device, string? name)
    {
        var created = await CreateAsync($"\"device\":{{{device}}}");
        await Api.ServiceAsync("POST", $"/v1/sessions/{created.TextOf("sid")}/touch", """{"ipAddress":"192.0.2.9"}""");

        Assert.All(await AnswersAsync(created), answer => Assert.Equal(name, answer.GetProperty("device").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Hints_of_any_length_and_form_never_refuse_a_sign_in()
    {
        var odd = JsonSerializer.Serialize(new string('"', 2000));

        var created = await CreateAsync($"\"device\":{{\"userAgent\":{odd},\"secChUa\":{odd},\"secChUaPlatform\":{odd},\"secChUaMobile\":{odd}}}");

        Assert.Equal("Unknown device", created.Json.GetProperty("session").GetProperty("device").GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_is_not_told_has_no_member()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());
        var session = (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Json;

        Assert.Equal((null, null, null), (Member(session, "authenticationMethods"), Member(session, "actor"), Member(session, "persistent")));
    }

    [Fact]
    public async Task Claims_are_replaced_by_PUT_and_by_rotation()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());

        var put = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/claims", """{"role":"editor"}""");
        var kept = await RotateAsync(sid, """{"authenticationMethods":["pwd"]}""");
        var replaced = await RotateAsync(sid, """{"claims":{"role":"admin"}}""");

        Assert.Equal("""{"role":"editor"}""", put.Text);
        Assert.Equal("""{"role":"editor"}""", Member(kept, "claims"));
        Assert.Equal("""{"role":"admin"}""", Member(replaced, "claims"));
        Assert.Equal("""["pwd"]""", Member(replaced, "authenticationMethods"));
    }

    [Fact]
    public async Task A_repeated_creation_with_other_facts_is_422()
    {
        var key = NewUser("key");
        await CreateAsync(""" "authenticationMethods":["pwd"] """, key, "alice");
        string[] others =
        [
            """{"userId":"alice","authenticationMethods":["otp"]}""",
            """{"userId":"alice","authenticationMethods":["pwd"],"actor":{"sub":"support-7","reason":"ticket"}}""",
            """{"userId":"alice","authenticationMethods":["pwd"],"persistent":true}""",
            """{"userId":"alice","authenticationMethods":["pwd"],"device":{"secChUaMobile":"?1"}}""",
        ];
        foreach (var other in others)
        {
            Assert.Equal("idempotency-key-reused", (await Api.ServiceAsync("POST", "/v1/sessions", other, ("Idempotency-Key", key))).Problem);
        }
    }

    // Every answer that tells the session.
    private async Task<JsonElement[]> AnswersAsync(ApiAnswer created)
    {
        var (sid, token) = (created.TextOf("sid"), created.TextOf("token"));
        var fromTable = await IntrospectAsync(token, "strong");
        var filled = await IntrospectAsync(token, "cached");
        var fromCache = await IntrospectAsync(token, "cached");
        var byId = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}");
        var list = await Api.ServiceAsync("GET", $"/v1/sessions?userId={UserOf(created)}");
        var own = await Api.UserAsync(token, "GET", "/v1/session");
        var devices = await Api.UserAsync(token, "GET", "/v1/me/sessions");
        return
        [
            created.Json.GetProperty("session"), fromTable, filled, fromCache, byId.Json, own.Json,
            list.Json.GetProperty("sessions").EnumerateArray().Single(session => session.GetProperty("sid").GetString() == sid),
            devices.Json.GetProperty("sessions").EnumerateArray().Single(session => session.GetProperty("sid").GetString() == sid),
        ];
    }

    private async Task<JsonElement> IntrospectAsync(string token, string consistency) =>
        (await Api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\",\"touch\":false}}", ("Session-Consistency", consistency))).Json.GetProperty("session");

    private async Task<ApiAnswer> CreateAsync(string members, string? key = null, string? user = null)
    {
        var answer = await Api.ServiceAsync(
            "POST", "/v1/sessions", $"{{\"userId\":\"{user ?? NewUser()}\",{members}}}", key is null ? [] : [("Idempotency-Key", key)]);
        Assert.True((int)answer.Status == 201, answer.Text);
        return answer;
    }

    private async Task<JsonElement> RotateAsync(string sid, string body)
    {
        var answer = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", body);
        Assert.True((int)answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("session");
    }

    private static string UserOf(ApiAnswer created) => created.Json.GetProperty("session").GetProperty("userId").GetString()!;

    private static string? Member(JsonElement session, string name) => session.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private static int Idle(JsonElement session) => session.GetProperty("idleTimeoutSeconds").GetInt32();

    private static string Pointer(ApiAnswer answer) => answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString()!;
}
