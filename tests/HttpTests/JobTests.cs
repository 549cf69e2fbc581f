using System.Text.Json;
using Support.Http;

namespace HttpTests;

/// <summary>Jobs over sessions, over HTTP. Each test has addresses of its own, because a job looks at all sessions of the host.</summary>
public sealed class JobTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task A_dry_run_shows_what_a_revocation_then_ends()
    {
        var agent = NewUser("agent");
        var user = NewUser();
        var sids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            sids.Add(await CreateAsync(user, agent, "203.0.113.9"));
        }

        var other = await CreateAsync(user, "another", "203.0.113.9");
        var filter = $$$"""{"userAgentContains":"{{{agent}}}","addresses":["203.0.113.0/24"]}""";

        var dry = await RunAsync($$$"""{"kind":"revoke","dryRun":true,"reason":"incident-1","filter":{{{filter}}}}""");
        Assert.Equal((3, 0), (NumberOf(dry, "matched"), NumberOf(dry, "ended")));
        Assert.Equal(sids.Order(), dry.GetProperty("sample").EnumerateArray().Select(SidOf).Order());
        Assert.Equal(sids.Order(), (await ResultAsync(dry)).Select(SidOf).Order());

        var run = await RunAsync($$$"""{"kind":"revoke","reason":"incident-1","filter":{{{filter}}}}""");
        Assert.Equal((3, 3), (NumberOf(run, "matched"), NumberOf(run, "ended")));
        Assert.All(await ResultAsync(run), session => Assert.Equal("incident-1", session.GetProperty("endReason").GetString()));
        var listed = await Api.OperatorAsync("GET", $"/v1/operations/sessions?userId={user}&state=live");
        Assert.Equal([other], listed.Json.GetProperty("sessions").EnumerateArray().Select(SidOf));
    }

    [Fact]
    public async Task An_export_lists_and_a_count_counts()
    {
        var agent = NewUser("agent");
        var sid = await CreateAsync(NewUser(), agent, "198.51.100.4");

        var export = await RunAsync($$$"""{"kind":"export","filter":{"userAgentContains":"{{{agent}}}"}}""");
        var line = Assert.Single(await ResultAsync(export));
        Assert.Equal((sid, "198.51.100.4"), (SidOf(line), line.GetProperty("device").GetProperty("ipAddress").GetString()));
        Assert.False(line.TryGetProperty("data", out _));

        var count = await RunAsync($$$"""{"kind":"count","filter":{"userAgentContains":"{{{agent}}}"}}""");
        Assert.Equal(1, NumberOf(count, "matched"));
        Assert.Equal("job-without-result", (await Api.OperatorAsync("GET", $"/v1/operations/jobs/{count.GetProperty("id").GetString()}/result")).Problem);
        var ids = (await Api.OperatorAsync("GET", "/v1/operations/jobs")).Json.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()).ToList();
        Assert.Contains(export.GetProperty("id").GetString(), ids);
        Assert.Contains(count.GetProperty("id").GetString(), ids);
    }

    [Fact]
    public async Task Ten_thousand_users_are_named_at_once_and_told_as_a_number()
    {
        var user = NewUser();
        await Api.CreateAsync(user);
        var ids = string.Join(',', Enumerable.Range(0, 9_999).Select(i => $"\"nobody-{i}\"").Append($"\"{user}\""));

        var job = await RunAsync($$$"""{"kind":"revoke","filter":{"userIds":[{{{ids}}}]}}""");

        Assert.Equal(10_000, job.GetProperty("filter").GetProperty("userCount").GetInt32());
        Assert.Equal(1, NumberOf(job, "ended"));
        Assert.Equal("filter-too-large", (await StartAsync($$$"""{"kind":"count","filter":{"userIds":["{{{new string('x', 1_100_000)}}}"]}}""")).Problem);
    }

    [Fact]
    public async Task A_finished_job_is_neither_cancelled_nor_resumed_and_an_unknown_one_is_404()
    {
        var job = await RunAsync($$$"""{"kind":"count","filter":{"userIds":["{{{NewUser()}}}"]}}""");
        var id = job.GetProperty("id").GetString();
        foreach (var action in new[] { "cancel", "resume" })
        {
            Assert.Equal("job-finished", (await Api.OperatorAsync("POST", $"/v1/operations/jobs/{id}/{action}")).Problem);
            Assert.Equal("job-not-found", (await Api.OperatorAsync("POST", $"/v1/operations/jobs/job_{new string('0', 32)}/{action}")).Problem);
        }

        Assert.Equal("job-not-found", (await Api.OperatorAsync("GET", "/v1/operations/jobs/x")).Problem);
        Assert.Equal("forbidden", (await Api.ServiceAsync("GET", $"/v1/operations/jobs/{id}")).Problem);
    }

    [Theory]
    [InlineData("""{"filter":{"client":"web"}}""", "#/kind")]
    [InlineData("""{"kind":"delete","filter":{"client":"web"}}""", "#/kind")]
    [InlineData("""{"kind":"count"}""", "#/filter")]
    [InlineData("""{"kind":"count","filter":{}}""", "#/filter")]
    [InlineData("""{"kind":"count","filter":{"client":null}}""", "#/filter")]
    [InlineData("""{"kind":"count","filter":{"clients":["web"]}}""", "#/filter")]
    [InlineData("""{"kind":"count","dryRun":true,"filter":{"client":"web"}}""", "#/dryRun")]
    [InlineData("""{"kind":"count","reason":"x","filter":{"client":"web"}}""", "#/reason")]
    [InlineData("""{"kind":"revoke","reason":"X","filter":{"client":"web"}}""", "#/reason")]
    [InlineData("""{"kind":"count","filter":{"userIds":[]}}""", "#/filter/userIds")]
    [InlineData("""{"kind":"count","filter":{"userIds":["a","a"]}}""", "#/filter/userIds")]
    [InlineData("""{"kind":"count","filter":{"addresses":["203.0.113.7/24"]}}""", "#/filter/addresses")]
    [InlineData("""{"kind":"count","filter":{"addresses":["203.0.113.0/33"]}}""", "#/filter/addresses")]
    [InlineData("""{"kind":"count","filter":{"addresses":["here"]}}""", "#/filter/addresses")]
    [InlineData("""{"kind":"count","filter":{"createdFrom":"yesterday"}}""", "#/filter/createdFrom")]
    [InlineData("""{"kind":"count","filter":{"createdFrom":"2026-02-01T00:00:00Z","createdBefore":"2026-01-01T00:00:00Z"}}""", "#/filter/createdBefore")]
    [InlineData("""{"kind":"count","filter":{"lastSeenFrom":"2026-02-01T00:00:00Z","lastSeenBefore":"2026-02-01T00:00:00Z"}}""", "#/filter/lastSeenBefore")]
    [InlineData("""{"kind":"count","filter":{"assuranceBelow":"aal1"}}""", "#/filter/assuranceBelow")]
    [InlineData("""{"kind":"count","filter":{"methodMissing":"o tp"}}""", "#/filter/methodMissing")]
    [InlineData("""{"kind":"count","filter":{"userAgentContains":""}}""", "#/filter/userAgentContains")]
    public async Task A_bad_job_is_400_and_names_the_member(string body, string member)
    {
        var answer = await StartAsync(body);

        Assert.Equal("validation", answer.Problem);
        Assert.Equal(member, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    private static string SidOf(JsonElement session) => session.GetProperty("sid").GetString()!;

    private static int NumberOf(JsonElement job, string name) => job.GetProperty("progress").GetProperty(name).GetInt32();

    private Task<ApiAnswer> StartAsync(string body) => Api.OperatorAsync("POST", "/v1/operations/jobs", body);

    private async Task<string> CreateAsync(string user, string agent, string address)
    {
        var created = await Api.ServiceAsync("POST", "/v1/sessions", $$$"""{"userId":"{{{user}}}","device":{"userAgent":"{{{agent}}}","ipAddress":"{{{address}}}"}}""");
        return created.TextOf("sid");
    }

    private async Task<JsonElement> RunAsync(string body)
    {
        var started = await StartAsync(body);
        Assert.Equal((202, $"/api/v1/operations/jobs/{started.TextOf("id")}"), ((int)started.Status, started.Header("Location")));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var job = await Api.OperatorAsync("GET", $"/v1/operations/jobs/{started.TextOf("id")}");
            if (job.TextOf("state") == "finished")
            {
                Assert.Equal(100, job.Json.GetProperty("progress").GetProperty("percent").GetDouble());
                return job.Json;
            }

            Assert.False(limit.IsCancellationRequested, job.Text);
        }
    }

    private async Task<IReadOnlyList<JsonElement>> ResultAsync(JsonElement job)
    {
        var lines = new List<JsonElement>();
        string? continuation = null;
        do
        {
            var page = await Api.OperatorAsync("GET", $"/v1/operations/jobs/{job.GetProperty("id").GetString()}/result{(continuation is null ? "" : "?continuation=" + continuation)}");
            Assert.Equal(200, (int)page.Status);
            lines.AddRange(page.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement));
            continuation = page.Header("Session-Continuation");
        }
        while (continuation is not null);

        return lines;
    }
}
