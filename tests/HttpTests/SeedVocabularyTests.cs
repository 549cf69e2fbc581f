using System.Text.Json;

namespace HttpTests;

/// <summary>One test for each row of "The seeds' vocabulary" in the API's design: nothing they can do is lost. The rows "clear all" and "clear_expired" need a server of their own.</summary>
public sealed class SeedVocabularyTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task Create_save_must_create_and_id_factory_insert_only_and_never_overwrite()
    {
        var user = NewUser();
        var (first, _) = await Api.CreateAsync(user);
        var (second, _) = await Api.CreateAsync(user);
        var chosen = await Api.ServiceAsync("POST", "/v1/sessions", $"{{\"sid\":\"{first}\",\"userId\":\"{user}\"}}");

        Assert.NotEqual(first, second);
        Assert.Equal(400, (int)chosen.Status);
        Assert.Equal(200, (int)(await Api.ServiceAsync("GET", $"/v1/sessions/{first}")).Status);
    }

    [Fact]
    public async Task Get_and_load_answer_from_cache_or_store()
    {
        var (sid, token) = await Api.CreateAsync(NewUser(), """{"n":1}""");

        var first = await Api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}");
        var byId = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}");

        Assert.True(first.Json.GetProperty("active").GetBoolean());
        Assert.Equal(1, first.Json.GetProperty("session").GetProperty("data").GetProperty("n").GetInt32());
        Assert.Equal(sid, byId.TextOf("sid"));
        Assert.Contains(byId.Header("Session-Source"), new[] { "cache", "table" });
    }

    [Fact]
    public async Task Exists_is_HEAD()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());
        var there = await Api.ServiceAsync("HEAD", $"/v1/sessions/{sid}");
        await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        var gone = await Api.ServiceAsync("HEAD", $"/v1/sessions/{sid}");

        Assert.Equal((200, ""), ((int)there.Status, there.Text));
        Assert.Equal((404, ""), ((int)gone.Status, gone.Text));
    }

    [Fact]
    public async Task Put_set_save_and_update_replace_the_data()
    {
        var (sid, _) = await Api.CreateAsync(NewUser(), """{"a":1,"b":2}""");

        var put = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/data", """{"c":3}""");
        var read = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}/data");

        Assert.Equal((200, """{"c":3}"""), ((int)put.Status, read.Text));
        Assert.Equal(put.Header("ETag"), read.Header("ETag"));
    }

    [Fact]
    public async Task Update_merge_is_PATCH()
    {
        var (sid, _) = await Api.CreateAsync(NewUser(), """{"a":1,"b":{"c":2,"d":3}}""");

        var patch = await Api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", """{"a":null,"b":{"c":9}}""", ("Content-Type", "application/merge-patch+json"));
        var plain = await Api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", """{"e":1}""");

        Assert.Equal((200, """{"b":{"d":3,"c":9}}"""), ((int)patch.Status, patch.Text));
        Assert.Equal((200, """{"b":{"d":3,"c":9},"e":1}"""), ((int)plain.Status, plain.Text));
    }

    [Fact]
    public async Task Delete_and_flush_end_the_session()
    {
        var (sid, token) = await Api.CreateAsync(NewUser());

        var ended = await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}?reason=password-changed");
        var again = await Api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        var read = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}");

        Assert.Equal((204, 204), ((int)ended.Status, (int)again.Status));
        Assert.False(await Api.IsActiveAsync(token));
        Assert.Equal(("ended", "password-changed"), (read.TextOf("state"), read.TextOf("endReason")));
        Assert.False(read.Json.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task Delete_all_for_user_and_clear_end_every_session_of_the_user_and_no_other()
    {
        var user = NewUser();
        var (_, one) = await Api.CreateAsync(user);
        var (kept, two) = await Api.CreateAsync(user);
        var (_, other) = await Api.CreateAsync(NewUser());

        var others = await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}&except={kept}");
        Assert.Equal(1, others.Json.GetProperty("ended").GetInt32());
        Assert.True(await Api.IsActiveAsync(two));

        var all = await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}");

        Assert.Equal(1, all.Json.GetProperty("ended").GetInt32());
        Assert.False(await Api.IsActiveAsync(one));
        Assert.False(await Api.IsActiveAsync(two));
        Assert.True(await Api.IsActiveAsync(other));
    }

    [Fact]
    public async Task Get_user_session_ids_lists_live_sessions_and_a_rebuild_finds_nothing_to_repair()
    {
        var user = NewUser();
        var (sid, _) = await Api.CreateAsync(user);
        var (ended, _) = await Api.CreateAsync(user);
        await Api.ServiceAsync("DELETE", $"/v1/sessions/{ended}");

        var list = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}");
        var rebuild = await Api.OperatorAsync("POST", $"/v1/operations/rebuild-indexes?userId={user}");

        Assert.Equal(sid, Assert.Single(list.Json.GetProperty("sessions").EnumerateArray()).GetProperty("sid").GetString());
        Assert.Equal(200, (int)rebuild.Status);
        Assert.True(rebuild.Json.GetProperty("finished").GetBoolean());
        Assert.Equal(0, rebuild.Json.GetProperty("drift").GetInt32());
        var counts = rebuild.Json.GetProperty("counts");
        const int HeadAndTwoSessions = 3;
        Assert.Equal((1, HeadAndTwoSessions), (counts.GetProperty("users").GetInt32(), counts.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task Count_and_len_are_countOnly_and_status()
    {
        var user = NewUser();
        await Api.CreateAsync(user);
        await Api.CreateAsync(user);

        var count = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true");
        var run = await RebuildAsync();
        var status = await Api.OperatorAsync("GET", "/v1/operations/status");

        Assert.Equal(2, count.Json.GetProperty("count").GetInt32());
        Assert.Equal(200, (int)status.Status);
        var rebuild = status.Json.GetProperty("rebuild");
        Assert.Equal(run.GetProperty("runId").GetInt64(), rebuild.GetProperty("latest").GetProperty("runId").GetInt64());
        Assert.True(rebuild.GetProperty("latest").GetProperty("finished").GetBoolean());
        Assert.InRange(rebuild.GetProperty("counts").GetProperty("rows").GetInt32(), 2, int.MaxValue);
        Assert.InRange(status.Json.GetProperty("backlogAgeSeconds").GetInt64(), 0, long.MaxValue);
    }

    [Fact]
    public async Task Rework_and_cycle_key_are_rotate()
    {
        var (sid, token) = await Api.CreateAsync(NewUser(), """{"kept":true}""");

        var rotated = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", "{}");

        Assert.Equal(sid, rotated.TextOf("sid"));
        Assert.False(await Api.IsActiveAsync(token));
        Assert.True(await Api.IsActiveAsync(rotated.TextOf("token")));
    }

    [Fact]
    public async Task Update_last_activity_with_an_address_is_touch()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());

        var touched = await Api.ServiceAsync("POST", $"/v1/sessions/{sid}/touch", """{"ipAddress":"192.0.2.44"}""");
        var read = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}");

        Assert.Equal(200, (int)touched.Status);
        Assert.Equal("192.0.2.44", read.Json.GetProperty("device").GetProperty("lastIpAddress").GetString());
    }

    [Fact]
    public async Task Expire_ttl_and_get_expiry_age_are_expiry_and_the_remaining_seconds()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());

        var set = await Api.ServiceAsync("PUT", $"/v1/sessions/{sid}/expiry", """{"expiresInSeconds":120}""");
        var read = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}");

        Assert.Equal(200, (int)set.Status);
        Assert.InRange(read.Json.GetProperty("expiresInSeconds").GetInt32(), 100, 120);
    }

    [Fact]
    public async Task A_listed_session_never_shows_a_token()
    {
        var user = NewUser();
        var (_, token) = await Api.CreateAsync(user);

        var forServices = await Api.ServiceAsync("GET", $"/v1/sessions?userId={user}&state=all");
        var forTheUser = await Api.UserAsync(token, "GET", "/v1/me/sessions");

        Assert.Equal((200, 200), ((int)forServices.Status, (int)forTheUser.Status));
        Assert.DoesNotContain("sst_", forServices.Text + forTheUser.Text, StringComparison.Ordinal);
    }

    // A run that began before the sessions were there may pass them by; the next one does not.
    private async Task<JsonElement> RebuildAsync()
    {
        const int EnoughRuns = 10;
        for (var i = 0; i < EnoughRuns; i++)
        {
            var run = (await Api.OperatorAsync("POST", "/v1/operations/rebuild-indexes")).Json;
            if (run.GetProperty("finished").GetBoolean())
            {
                return run;
            }
        }

        throw new InvalidOperationException("The rebuild is not finished.");
    }
}
