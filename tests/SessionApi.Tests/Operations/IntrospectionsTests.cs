using System.Collections.Concurrent;
using SessionApi.Tests.Passports;
using SessionCore.Tables;
using Support.Tables;

namespace SessionApi.Tests.Operations;

/// <summary>Several introspections in one request: each answer is that of the introspection alone.</summary>
public sealed class IntrospectionsTests : IAsyncDisposable
{
    private const string Single = "/api/v1/sessions/introspect";
    private const string Path = "/api/v1/sessions/introspections";

    private readonly ApiFixture _api = new(PassportSetup.Settings());

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Each_answer_is_byte_for_byte_that_of_its_introspection_alone()
    {
        var items = await ItemsAsync(_api);

        var answer = await _api.SendAsync("POST", Path, Body(items));

        Assert.Equal((200, "application/json; charset=utf-8"), (answer.Status, answer.Header("Content-Type")));
        var answers = answer.Json.GetProperty("answers").EnumerateArray().Select(one => one.GetRawText()).ToArray();
        Assert.Equal(items.Length, answers.Length);
        foreach (var (i, item) in items.Index())
        {
            var alone = await _api.SendAsync("POST", Single, item);
            if (alone.Status != 200)
            {
                Assert.Equal($$"""{"problem":{{alone.Body}}}""", answers[i]);
            }
            else if (!item.Contains("passport", StringComparison.Ordinal))
            {
                Assert.Equal(alone.Body, answers[i]);
            }
            else
            {
                // A signature has a random part.
                Assert.Equal(WithoutPassport(alone.Body), WithoutPassport(answers[i]));
            }
        }
    }

    [Fact]
    public async Task Sixty_four_are_answered_in_their_order_and_the_same_token_twice()
    {
        var sessions = new List<(string Sid, string Token)>();
        for (var i = 0; i < 32; i++)
        {
            sessions.Add(await _api.CreateAsync($$"""{"userId":"user-{{i}}"}"""));
        }

        (string Sid, string Token)[] asked = [.. sessions, .. sessions.AsEnumerable().Reverse()];
        var answer = await _api.SendAsync("POST", Path, Body([.. asked.Select(one => Item(one.Token))]));

        Assert.Equal(asked.Select(one => one.Sid), answer.Json.GetProperty("answers").EnumerateArray().Select(one => one.GetProperty("session").GetProperty("sid").GetString()));
    }

    [Theory]
    [InlineData("{}", "#/introspections")]
    [InlineData("""{"introspections":[]}""", "#/introspections")]
    [InlineData("""{"introspections":null}""", "#/introspections")]
    [InlineData("""{"introspections":{}}""", "#/introspections")]
    [InlineData("""{"introspections":[null]}""", "#/introspections/0")]
    [InlineData("""{"introspections":[{"token":"x"},"x"]}""", "#/introspections/1")]
    [InlineData("""{"introspections":[{"token":"x"},{}]}""", "#/introspections/1/token")]
    [InlineData("""{"introspections":[{"token":"x"},{"token":7}]}""", "#/introspections/1/token")]
    [InlineData("""{"introspections":[{"token":"x"},{"token":"x"},{"token":"x","ipAddress":"here"}]}""", "#/introspections/2/ipAddress")]
    [InlineData("""{"introspections":[{"token":"x","requires":{"minAssuranceLevel":"high"}}]}""", "#/introspections/0/requires/minAssuranceLevel")]
    [InlineData("""{"introspections":[{"token":"x","passport":{}}]}""", "#/introspections/0/passport")]
    [InlineData("""{"introspections":[{"token":"x"},{"token":"x","more":1}]}""", "#/introspections/1")]
    [InlineData("""{"introspections":[{"token":"x"}],"more":1}""", "#")]
    public async Task A_broken_one_refuses_all_and_is_named(string body, string place)
    {
        var answer = await _api.SendAsync("POST", Path, body);

        Assert.Equal((400, "validation", place), (answer.Status, answer.Problem, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Sixty_five_are_refused_and_no_session_is_touched()
    {
        var (sid, token) = await _api.CreateAsync();
        var before = await _api.SendAsync("GET", $"/api/v1/sessions/{sid}");
        _api.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await _api.SendAsync("POST", Path, Body([.. Enumerable.Repeat(Item(token), 65)]));

        Assert.Equal((400, "#/introspections"), (answer.Status, answer.Json.GetProperty("errors")[0].GetProperty("pointer").GetString()));
        Assert.Equal(before.Json.GetProperty("lastSeenAt").GetString(), (await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Json.GetProperty("lastSeenAt").GetString());
    }

    [Theory]
    [InlineData("""{"introspections":[{"token":"x","token":"y"}]}""")]
    [InlineData("""{"introspections":[{"token":"x"}],"introspections":[{"token":"x"}]}""")]
    [InlineData("""{"introspections":[{"token":"x"}}""")]
    [InlineData("""{"introspections":[{"token":"x"}]} x""")]
    public async Task A_body_of_another_shape_is_unreadable(string body)
    {
        var answer = await _api.SendAsync("POST", Path, body);

        Assert.Equal((400, "body-unreadable"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_touch_counts_for_those_that_ask_for_it()
    {
        var (touched, first) = await _api.CreateAsync("""{"userId":"alice"}""");
        var (left, second) = await _api.CreateAsync("""{"userId":"bob"}""");
        _api.Clock.Advance(TimeSpan.FromMinutes(10));

        await _api.SendAsync("POST", Path, Body([Item(first), $$"""{"token":"{{second}}","touch":false}"""]));

        var seen = new List<DateTimeOffset>();
        foreach (var sid in new[] { touched, left })
        {
            seen.Add((await _api.SendAsync("GET", $"/api/v1/sessions/{sid}")).Json.GetProperty("lastSeenAt").GetDateTimeOffset());
        }

        Assert.Equal(TimeSpan.FromMinutes(10), seen[0] - seen[1]);
    }

    [Fact]
    public async Task What_one_cannot_be_told_is_its_own_problem()
    {
        await using var api = new ApiFixture(withCache: false);
        var partitions = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var user = "alice";
        api.TableHook = operation =>
        {
            partitions.TryAdd(operation.PartitionKey ?? "", user);
            return ValueTask.CompletedTask;
        };
        var (sid, token) = await api.CreateAsync("""{"userId":"alice"}""");
        user = "bob";
        var (_, other) = await api.CreateAsync("""{"userId":"bob"}""");
        var (_, third) = await api.CreateAsync("""{"userId":"alice"}""");
        api.TableHook = operation => partitions.GetValueOrDefault(operation.PartitionKey ?? "") == "bob" ? throw new StoreUnavailableException("down") : ValueTask.CompletedTask;

        var answer = await api.SendAsync("POST", Path, Body([Item(token, touch: false), Item(other, touch: false), Item(third, touch: false)]));

        var answers = answer.Json.GetProperty("answers");
        Assert.Equal((200, sid), (answer.Status, answers[0].GetProperty("session").GetProperty("sid").GetString()));
        Assert.Equal("""{"problem":{"type":"urn:session-functions:problem:store-unavailable","title":"The session store did not answer in time; try again.","status":503},"retryAfterSeconds":1}""", answers[1].GetRawText());
        Assert.True(answers[2].GetProperty("active").GetBoolean());
        Assert.Contains(api.Logs.Lines, line => line.Contains("2300", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_none_can_be_told_the_answer_is_503()
    {
        await using var api = new ApiFixture(withCache: false);
        var (_, token) = await api.CreateAsync("""{"userId":"alice"}""");
        api.TableHook = _ => throw new StoreUnavailableException("down");

        var answer = await api.SendAsync("POST", Path, Body([Item(token), Item(token)]));
        var some = await api.SendAsync("POST", Path, Body([Item(token), Item("sst_unknown")]));

        Assert.Equal((503, "store-unavailable", "1"), (answer.Status, answer.Problem, answer.Header("Retry-After")));
        Assert.Equal("""{"active":false}""", some.Json.GetProperty("answers")[1].GetRawText());
        Assert.Equal(503, some.Json.GetProperty("answers")[0].GetProperty("problem").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_fault_of_the_program_at_one_is_its_own_problem()
    {
        await using var api = new ApiFixture(withCache: false);
        var (_, token) = await api.CreateAsync("""{"userId":"alice"}""");
        api.TableHook = _ => throw new InvalidOperationException("a bug");

        var answer = await api.SendAsync("POST", Path, Body([Item(token), Item("sst_unknown")]));

        Assert.Equal(500, answer.Json.GetProperty("answers")[0].GetProperty("problem").GetProperty("status").GetInt32());
        Assert.Equal("""{"active":false}""", answer.Json.GetProperty("answers")[1].GetRawText());
        Assert.Contains(api.Logs.Lines, line => line.Contains("2301", StringComparison.Ordinal));
        Assert.DoesNotContain("a bug", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_counts_for_the_rate_of_the_caller()
    {
        await using var api = new ApiFixture(new Dictionary<string, string?> { ["RateLimit:RequestsPerSecond"] = "1", ["RateLimit:Burst"] = "5" });
        var (_, token) = await api.CreateAsync();

        var answer = await api.SendAsync("POST", Path, Body([.. Enumerable.Repeat(Item(token), 6)]));
        var next = await api.SendAsync("POST", Single, Item(token));

        var answers = answer.Json.GetProperty("answers").EnumerateArray().ToArray();
        Assert.All(answers[..4], one => Assert.True(one.GetProperty("active").GetBoolean()));
        Assert.All(answers[4..], one => Assert.Equal(
            (429, 1), (one.GetProperty("problem").GetProperty("status").GetInt32(), one.GetProperty("retryAfterSeconds").GetInt32())));
        Assert.Equal(429, next.Status);
    }

    [Fact]
    public async Task Made_up_tokens_count_against_no_address()
    {
        var forged = Enumerable.Range(0, 64).Select(_ => Item("sst_unknown")).ToArray();

        Assert.Equal(200, (await _api.SendAsync("POST", Path, Body(forged))).Status);

        Assert.Equal(401, (await _api.SendRawAsync("GET", "/api/v1/session", null)).Status);
    }

    [Fact]
    public async Task The_headers_tell_the_worst_of_all()
    {
        var (_, cached) = await _api.CreateAsync("""{"userId":"alice"}""");
        await _api.SendAsync("POST", Single, Item(cached));
        _api.Clock.Advance(TimeSpan.FromSeconds(3));
        var (_, late) = await _api.CreateAsync("""{"userId":"bob"}""");
        (string, string)[] bounded = [("Session-Consistency", "max-age=10")];
        (string, string)[] strong = [("Session-Consistency", "strong")];

        var both = await _api.SendAsync("POST", Path, Body([Item(late), Item(cached)]), bounded);
        var fresh = await _api.SendAsync("POST", Path, Body([Item(late), Item(cached)]), strong);
        var none = await _api.SendAsync("POST", Path, Body([Item("sst_unknown")]), bounded);

        Assert.Equal(("cache", "3"), (both.Header("Session-Source"), both.Header("Session-Age")));
        Assert.Equal(("table", "0"), (fresh.Header("Session-Source"), fresh.Header("Session-Age")));
        Assert.Equal((null, null, null), (none.Header("Session-Source"), none.Header("Session-Age"), none.Header("ETag")));
    }

    [Fact]
    public async Task All_are_read_before_the_first_is_answered()
    {
        await using var api = new ApiFixture(withCache: false);
        var tokens = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            tokens.Add((await api.CreateAsync($$"""{"userId":"user-{{i}}"}""")).Token);
        }

        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reads = new ConcurrentBag<TableOperation>();
        api.TableHook = operation =>
        {
            reads.Add(operation);
            if (reads.Count == tokens.Count)
            {
                all.SetResult();
            }

            return new ValueTask(all.Task);
        };

        var answer = await api.SendAsync("POST", Path, Body([.. tokens.Select(token => Item(token, touch: false))])).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.All(answer.Json.GetProperty("answers").EnumerateArray(), one => Assert.True(one.GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task Several_cost_what_each_costs_alone()
    {
        const int Several = 16;
        var items = new List<string>();
        for (var i = 0; i < Several; i++)
        {
            items.Add(Item((await _api.CreateAsync($$"""{"userId":"user-{{i}}"}""")).Token));
        }

        foreach (var reads in new[] { Several, 0 })
        {
            if (reads > 0)
            {
                _api.Cache.Flush();
            }

            _api.Tables.Reset();
            Assert.Equal(200, (await _api.SendAsync("POST", Path, Body(items))).Status);
            Assert.Equal((reads, reads), (_api.Tables.TotalCalls, _api.Tables.RowsRead));
        }
    }

    private static async Task<string[]> ItemsAsync(ApiFixture api)
    {
        var (_, live) = await api.CreateAsync("""{"userId":"alice","claims":{"name":"Älice"},"data":{"cart":[1,2]},"device":{"label":"L"},"authenticationMethods":["pwd"]}""");
        var (_, anonymous) = await api.CreateAsync("{}");
        var (_, moved) = await api.CreateAsync("""{"userId":"carol"}""");
        var (endedSid, ended) = await api.CreateAsync("""{"userId":"bob"}""");
        Assert.Equal(204, (await api.SendAsync("DELETE", $"/api/v1/sessions/{endedSid}")).Status);
        return
        [
            Item(live), Item(ended), Item("sst_unknown"), Item(""), Item(new string('x', 3000)), Item(anonymous), Item(live, touch: false),
            $$"""{"token":"{{moved}}","ipAddress":"2001:db8::1"}""",
            $$"""{"token":"{{live}}","requires":{"minAssuranceLevel":"aal3","methods":["hwk"]} }""",
            $$"""{"token":"{{live}}","requires":{"methods":["pwd"]} }""",
            $$"""{"token":"{{live}}","passport":{"audience":"orders"} }""",
            $$"""{"token":"{{live}}","passport":{"audience":"billing"} }""",
            $$"""{"token":"{{anonymous}}","touch":false,"knownVersion":1}""",
            $$"""{"token":"{{anonymous}}","touch":false,"knownVersion":7}""",
            $$"""{"token":"{{ended}}","knownVersion":1}""",
        ];
    }

    private static string WithoutPassport(string answer) => answer[..answer.IndexOf("\"passport\"", StringComparison.Ordinal)];

    private static string Item(string token, bool touch = true) => touch ? $$"""{"token":"{{token}}"}""" : $$"""{"token":"{{token}}","touch":false}""";

    private static string Body(IReadOnlyList<string> items) => $$"""{"introspections":[{{string.Join(',', items)}}]}""";
}
