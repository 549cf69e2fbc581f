using Support.Faults;

namespace HttpTests;

/// <summary>Several introspections while the tables fail: nothing is made up.</summary>
public sealed class IntrospectionsFaultTests(FaultyStore store) : IClassFixture<FaultyStore>
{
    [Fact]
    public async Task What_cannot_be_told_is_never_active_or_inactive()
    {
        var api = store.Client;
        var (sid, token) = await api.CreateAsync("alice");
        var (_, other) = await api.CreateAsync("bob");
        store.Proxy.Fate = _ => HttpFault.Reset;
        var none = await api.ServiceAsync("POST", "/v1/sessions/introspections", $$"""{"introspections":[{"token":"{{token}}"},{"token":"{{other}}"}]}""");
        var some = await api.ServiceAsync("POST", "/v1/sessions/introspections", $$"""{"introspections":[{"token":"{{token}}"},{"token":"sst_garbage"}]}""");
        store.Proxy.Fate = null;
        var all = await api.ServiceAsync("POST", "/v1/sessions/introspections", $$"""{"introspections":[{"token":"{{token}}"},{"token":"{{other}}"}]}""");

        Assert.Equal((503, "store-unavailable"), ((int)none.Status, none.Problem));
        Assert.NotNull(none.Header("Retry-After"));
        var answers = some.Json.GetProperty("answers");
        Assert.Equal((200, 503), ((int)some.Status, answers[0].GetProperty("problem").GetProperty("status").GetInt32()));
        Assert.False(answers[0].TryGetProperty("active", out _));
        Assert.Equal("""{"active":false}""", answers[1].GetRawText());
        Assert.Equal(sid, all.Json.GetProperty("answers")[0].GetProperty("session").GetProperty("sid").GetString());
    }

    [Fact]
    public async Task A_table_that_hangs_for_one_does_not_keep_the_answers_of_the_others()
    {
        var api = store.Client;
        var (_, token) = await api.CreateAsync("alice");
        var (_, other) = await api.CreateAsync("bob");
        string? hanging = null;
        store.Proxy.Fate = request => (Interlocked.CompareExchange(ref hanging, request.Target, null) ?? request.Target) == request.Target ? HttpFault.BlackHole : null;

        var answer = await api.ServiceAsync("POST", "/v1/sessions/introspections", $$"""{"introspections":[{"token":"{{token}}"},{"token":"{{other}}"}]}""");
        store.Proxy.Fate = null;

        Assert.Equal(200, (int)answer.Status);
        var answers = answer.Json.GetProperty("answers").EnumerateArray().ToArray();
        Assert.Single(answers, one => one.TryGetProperty("active", out var active) && active.GetBoolean());
        Assert.Single(answers, one => one.TryGetProperty("problem", out var problem) && problem.GetProperty("status").GetInt32() == 503);
    }
}
