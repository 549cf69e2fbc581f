using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace HttpTests;

/// <summary>What operators look at: the overview, who they are, and sessions by user, sid and token.</summary>
public sealed class OperatorTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task The_overview_tells_the_state_and_is_kept_for_seconds()
    {
        var first = await Api.OperatorAsync("GET", "/v1/operations/overview");
        var second = await Api.OperatorAsync("GET", "/v1/operations/overview");

        Assert.Equal(200, (int)first.Status);
        var age = TimeProvider.System.GetUtcNow() - first.Json.GetProperty("at").GetDateTimeOffset();
        Assert.InRange(age, TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(30));
        Assert.Equal(24, first.Json.GetProperty("hours").GetArrayLength());
        Assert.Equal("active", first.Json.GetProperty("keys")[0].GetProperty("state").GetString());
        Assert.NotEqual(JsonValueKind.Null, first.Json.GetProperty("keys")[0].GetProperty("since").ValueKind);
        Assert.Equal("ok", first.Json.GetProperty("cache").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.False, first.Json.GetProperty("events").GetProperty("enabled").ValueKind);
        Assert.True(
            first.TextOf("at") == second.TextOf("at") || second.Json.GetProperty("at").GetDateTimeOffset() - first.Json.GetProperty("at").GetDateTimeOffset() > TimeSpan.FromSeconds(9),
            $"{first.TextOf("at")} {second.TextOf("at")}");
    }

    [Fact]
    public async Task A_caller_learns_its_name_and_scopes()
    {
        var me = await Api.OperatorAsync("GET", "/v1/operations/me");

        Assert.Equal("key", me.TextOf("kind"));
        Assert.Equal("dev-operator", me.TextOf("name"));
        Assert.Equal(["sessions.operate", "sessions.support"], me.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Support_finds_and_ends_sessions_and_operates_nothing()
    {
        var user = NewUser();
        var (sid, _) = await Api.CreateAsync(user);
        Assert.Equal(200, (int)(await Api.ServiceAsync("GET", $"/v1/operations/sessions?sid={sid}")).Status);
        Assert.Equal(200, (int)(await Api.OperatorAsync("GET", $"/v1/sessions?userId={user}")).Status);
        Assert.InRange((int)(await Api.OperatorAsync("DELETE", $"/v1/sessions/{sid}")).Status, 202, 204);
        foreach (var (method, path) in new[] { ("GET", "overview"), ("POST", "purge"), ("POST", "rebuild-indexes"), ("GET", "status") })
        {
            Assert.Equal("forbidden", (await Api.ServiceAsync(method, $"/v1/operations/{path}")).Problem);
        }
    }

    [Fact]
    public async Task A_user_is_found_with_live_and_ended_sessions()
    {
        var user = NewUser();
        var (live, _) = await Api.CreateAsync(user);
        var (ended, _) = await Api.CreateAsync(user);
        await Api.ServiceAsync("DELETE", $"/v1/sessions/{ended}?reason=lost-device");

        var all = await Api.OperatorAsync("GET", $"/v1/operations/sessions?userId={user}");
        var onlyLive = await Api.OperatorAsync("GET", $"/v1/operations/sessions?userId={user}&state=live");

        var states = all.Json.GetProperty("sessions").EnumerateArray().ToDictionary(session => session.GetProperty("sid").GetString()!, session => session.GetProperty("state").GetString(), StringComparer.Ordinal);
        Assert.Equal(("live", "ended"), (states[live], states[ended]));
        Assert.Equal([live], SidsOf(onlyLive.Json));
        Assert.Empty(SidsOf((await Api.OperatorAsync("GET", $"/v1/operations/sessions?userId={NewUser()}")).Json));
    }

    [Fact]
    public async Task A_session_is_found_by_the_digest_of_its_token_also_a_replaced_one()
    {
        var (sid, token) = await Api.CreateAsync(NewUser());
        Assert.Equal([sid], await FindByDigestAsync(DigestOf(token)));
        var next = (await Api.UserAsync(token, "POST", "/v1/session/rotate")).TextOf("token");
        Assert.Equal([sid], await FindByDigestAsync(DigestOf(token)));
        Assert.Equal([sid], await FindByDigestAsync(DigestOf(next)));
        Assert.Empty(await FindByDigestAsync(new string('0', 64)));
        await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        Assert.Equal([sid], await FindByDigestAsync(DigestOf(next)));
    }

    [Theory]
    [InlineData("", "userId")]
    [InlineData("?userId=a&sid=ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "userId")]
    [InlineData("?sid=ses_x", "sid")]
    [InlineData("?tokenDigest=abc", "tokenDigest")]
    [InlineData("?tokenDigest=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "tokenDigest")]
    [InlineData("?tokenDigest=gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg", "tokenDigest")]
    [InlineData("?tokenDigest=0000000000000000000000000000000000000000000000000000000000000000&state=live", "state")]
    [InlineData("?tokenDigest=0000000000000000000000000000000000000000000000000000000000000000&continuation=256", "continuation")]
    [InlineData("?userId=a&state=dead", "state")]
    [InlineData("?userId=a&pageSize=0", "pageSize")]
    public async Task A_bad_question_is_400_and_names_the_parameter(string query, string parameter)
    {
        var answer = await Api.OperatorAsync("GET", "/v1/operations/sessions" + query);

        Assert.Equal("validation", answer.Problem);
        Assert.Equal(parameter, answer.Json.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    private static string DigestOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Base64Url.DecodeFromChars(token.AsSpan(4, 112)).AsSpan(36, 32)));

    private static IEnumerable<string> SidsOf(JsonElement answer) => answer.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("sid").GetString()!);

    private async Task<IReadOnlyList<string>> FindByDigestAsync(string digest)
    {
        var found = new List<string>();
        string? continuation = null;
        do
        {
            var answer = await Api.OperatorAsync("GET", $"/v1/operations/sessions?tokenDigest={digest}{(continuation is null ? "" : "&continuation=" + continuation)}");
            Assert.Equal(200, (int)answer.Status);
            found.AddRange(SidsOf(answer.Json));
            continuation = answer.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        return found;
    }
}
