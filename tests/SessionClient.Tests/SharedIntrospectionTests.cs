using SessionFunctions.Client;
using SessionFunctions.Client.Http;
using Support.Time;

namespace SessionClient.Tests;

/// <summary>Introspections that wait at the same time share a call, and none gets another's answer.</summary>
[Collection(nameof(RunningApi))] // the metrics of all clients of the process are the same
public sealed class SharedIntrospectionTests : IDisposable
{
    private const string Down = """{"type":"urn:session-functions:problem:store-unavailable","title":"The store is unavailable.","status":503}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedApi _api = new();
    private readonly SessionsClient _client;

    public SharedIntrospectionTests() => _client = _api.NewClient(_clock);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task One_alone_is_sent_at_once_and_alone()
    {
        for (var i = 0; i < 3; i++)
        {
            var asked = Ask("a");
            var call = await _api.NextAsync();
            Assert.True(call.IsAlone);
            call.Answer();
            Assert.Equal("a", await asked);
        }
    }

    [Fact]
    public async Task Those_that_come_meanwhile_go_together_and_each_gets_its_own_answer()
    {
        var first = Ask("first");
        var alone = await _api.NextAsync();
        var asked = Ask("a", "b", "c");
        Assert.Equal(1, _api.Count);

        alone.Answer();
        var shared = await _api.NextAsync();
        Assert.True(shared.IsShared);
        Assert.Equal(["a", "b", "c"], shared.Tokens);
        shared.Answer();

        Assert.Equal("first", await first);
        Assert.Equal(["a", "b", "c"], await Task.WhenAll(asked));
    }

    [Fact]
    public async Task One_that_waited_alone_is_sent_alone()
    {
        var first = Ask("first");
        var alone = await _api.NextAsync();
        var second = Ask("second");
        alone.Answer();

        var next = await _api.NextAsync();
        Assert.True(next.IsAlone);
        next.Answer();
        Assert.Equal(("first", "second"), (await first, await second));
    }

    [Fact]
    public async Task Many_that_wait_go_before_a_call_returns_and_no_more_than_a_call_holds_ever_wait()
    {
        var asked = Ask([.. Names(1 + SharedIntrospections.EnoughForAnother + (2 * SharedIntrospections.MostInCall))]);

        ScriptedCall[] calls = [await _api.NextAsync(), await _api.NextAsync(), await _api.NextAsync(), await _api.NextAsync()];

        Assert.Equal([1, SharedIntrospections.EnoughForAnother, SharedIntrospections.MostInCall, SharedIntrospections.MostInCall], calls.Select(call => call.Tokens.Count).Order());
        Array.ForEach(calls, call => call.Answer());
        Assert.Equal(Names(asked.Length), await Task.WhenAll(asked));
    }

    [Fact]
    public async Task A_call_that_is_slow_to_return_keeps_the_others_for_a_moment_only()
    {
        var slow = Ask("slow");
        var stuck = await _api.NextAsync();
        var asked = Ask("a", "b");
        Assert.Equal(1, _api.Count);

        _clock.Advance(SharedIntrospections.Patience);
        (await _api.NextAsync()).Answer();

        Assert.Equal(["a", "b"], await Task.WhenAll(asked));
        stuck.Answer();
        Assert.Equal("slow", await slow);
    }

    [Fact]
    public async Task Each_waits_for_its_own_moment_although_another_waited_before()
    {
        var rest = TimeSpan.FromMilliseconds(2);
        var first = Ask("first");
        var prompt = await _api.NextAsync();
        var second = Ask("second");
        _clock.Advance(SharedIntrospections.Patience - rest);
        prompt.Answer();
        var stuck = await _api.NextAsync();
        var asked = Ask("a", "b");

        _clock.Advance(rest);
        Assert.Equal(2, _api.Count);

        _clock.Advance(SharedIntrospections.Patience - rest);
        (await _api.NextAsync()).Answer();
        Assert.Equal(["a", "b"], await Task.WhenAll(asked));
        stuck.Answer();
        Assert.Equal(("first", "second"), (await first, await second));
    }

    [Fact]
    public async Task A_cancellation_takes_out_its_own_alone()
    {
        using var before = new CancellationTokenSource();
        using var after = new CancellationTokenSource();
        var first = Ask("first");
        var alone = await _api.NextAsync();
        var early = AskAsync("early", before.Token);
        var late = AskAsync("late", after.Token);
        var asked = Ask("a", "b");

        await before.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => early);
        alone.Answer();
        var shared = await _api.NextAsync();
        Assert.Equal(["late", "a", "b"], shared.Tokens);
        await after.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        shared.Answer();

        Assert.Equal("first", await first);
        Assert.Equal(["a", "b"], await Task.WhenAll(asked));
    }

    [Fact]
    public async Task When_all_that_waited_have_left_nothing_is_sent_and_the_next_goes_at_once()
    {
        using var source = new CancellationTokenSource();
        var first = Ask("first");
        var alone = await _api.NextAsync();
        var left = new[] { AskAsync("a", source.Token), AskAsync("b", source.Token) };
        await source.CancelAsync();
        alone.Answer();
        Assert.Equal("first", await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(left));

        var next = Ask("next");
        var call = await _api.NextAsync();
        call.Answer();

        Assert.Equal(("next", 2), (await next, _api.Count));
    }

    [Fact]
    public async Task A_failed_call_fails_all_of_it_as_it_would_fail_one_and_no_other()
    {
        var (asked, shared) = await ShareAsync("a", "b", "c");
        shared.Answer(503, Down);

        var failures = new List<SessionsUnavailableException>();
        foreach (var one in asked)
        {
            failures.Add(await Assert.ThrowsAsync<SessionsUnavailableException>(() => one));
        }

        Assert.All(failures, failure => Assert.Equal((503, "store-unavailable"), (failure.Status, failure.ProblemType)));
        Assert.Equal(3, failures.Distinct().Count());
        Assert.Equal("next", await AnsweredAsync("next"));
    }

    [Fact]
    public async Task A_lost_connection_fails_all_of_the_call()
    {
        var (asked, shared) = await ShareAsync("a", "b");
        shared.Fail(new HttpRequestException("reset"));

        foreach (var one in asked)
        {
            await Assert.ThrowsAsync<SessionsUnavailableException>(() => one);
        }

        Assert.Equal("next", await AnsweredAsync("next"));
    }

    [Fact]
    public async Task One_that_gets_a_problem_is_asked_alone()
    {
        var (asked, shared) = await ShareAsync("a", "b", "c");
        shared.Answer(problem: "b");

        Assert.Equal(("a", "c"), (await asked[0], await asked[2]));
        var alone = await _api.NextAsync();
        Assert.True(alone.IsAlone);
        alone.Answer(503, Down);
        Assert.Equal(503, (await Assert.ThrowsAsync<SessionsUnavailableException>(() => asked[1])).Status);
    }

    [Fact]
    public async Task What_one_has_wrong_is_not_held_against_the_others()
    {
        var (asked, shared) = await ShareAsync("a", "b");
        shared.Answer(400, """{"type":"urn:session-functions:problem:validation","title":"t","status":400}""");

        ScriptedCall[] alone = [await _api.NextAsync(), await _api.NextAsync()];
        Assert.All(alone, call => Assert.True(call.IsAlone));
        Array.ForEach(alone, call => call.Answer());
        Assert.Equal(["a", "b"], await Task.WhenAll(asked));
        (await ShareAsync("c", "d")).Shared.Answer();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public async Task An_older_api_is_asked_one_by_one_and_after_a_while_again(int status)
    {
        var (asked, shared) = await ShareAsync("a", "b");
        shared.Answer(status, """{"type":"urn:session-functions:problem:method-not-allowed","title":"t","status":405}""");
        await AnswerAloneAsync(2);
        Assert.Equal(["a", "b"], await Task.WhenAll(asked));

        var later = Ask("c", "d", "e");
        await AnswerAloneAsync(3);
        Assert.Equal(["c", "d", "e"], await Task.WhenAll(later));

        _clock.Advance(MissingFeature.Pause);
        var (again, known) = await ShareAsync("f", "g");
        known.Answer();
        Assert.Equal(["f", "g"], await Task.WhenAll(again));
    }

    [Theory]
    [InlineData("""{"answers":[]}""")]
    [InlineData("""{"answers":[{"active":false}]}""")]
    [InlineData("""{"answers":[{"active":false},{"active":false},{"active":false}]}""")]
    [InlineData("""{"answers":[{"active":false},false]}""")]
    [InlineData("""{"answers":[{"active":false},{"active":false}]""")]
    [InlineData("""{"active":false}""")]
    [InlineData("[]")]
    public async Task An_answer_of_another_shape_answers_nobody(string json)
    {
        var (asked, shared) = await ShareAsync("a", "b");
        shared.Answer(200, json);

        foreach (var one in asked)
        {
            await Assert.ThrowsAsync<SessionsUnavailableException>(() => one);
        }
    }

    [Fact]
    public async Task One_answer_that_is_broken_is_no_answer_to_that_one()
    {
        var (asked, shared) = await ShareAsync("a", "b");
        shared.Answer(200, $$"""{"answers":[{"active":"yes"},{{ScriptedCall.Active("b")}}]}""");

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => asked[0]);
        Assert.Equal("b", await asked[1]);
    }

    [Fact]
    public async Task What_has_a_header_or_a_length_of_its_own_goes_alone()
    {
        var first = Ask("first");
        var alone = await _api.NextAsync();
        var strong = _client.IntrospectAsync("strong", new IntrospectionOptions { Consistency = ReadConsistency.Strong });
        var endless = Ask(new string('x', SharedIntrospections.MostBytes));

        await AnswerAloneAsync(2);
        alone.Answer();
        Assert.Equal(("first", "strong", SharedIntrospections.MostBytes), (await first, (await strong).Session!.Sid, (await endless).Length));
    }

    [Fact]
    public async Task What_flows_with_a_caller_does_not_reach_a_shared_call()
    {
        ScriptedApi.Flowing.Value = "of the first";
        var first = Ask("first");
        var alone = await _api.NextAsync();
        ScriptedApi.Flowing.Value = "of the others";
        var asked = Ask("a", "b");
        alone.Answer();
        var shared = await _api.NextAsync();
        shared.Answer();
        await Task.WhenAll([first, .. asked]);

        Assert.Equal(("of the first", null), (alone.Flowed, shared.Flowed));
    }

    [Fact]
    public async Task A_session_has_the_same_entity_tag_as_alone()
    {
        var (asked, shared) = await ShareAsync(token => _client.IntrospectAsync(token), "a", "b");
        shared.Answer();

        Assert.Equal("\"7\"", (await asked[1]).Session!.ETag);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(static i => $"token-{i}")];

    private Task<string>[] Ask(params IReadOnlyList<string> tokens) => [.. tokens.Select(token => Ask(token))];

    private Task<string> Ask(string token) => AskAsync(token, CancellationToken.None);

    private async Task<string> AskAsync(string token, CancellationToken cancellationToken) =>
        (await _client.IntrospectAsync(token, cancellationToken: cancellationToken)).Session!.Sid;

    private async Task<string> AnsweredAsync(string token)
    {
        var asked = Ask(token);
        (await _api.NextAsync()).Answer();
        return await asked;
    }

    private Task<(Task<string>[] Asked, ScriptedCall Shared)> ShareAsync(params string[] tokens) => ShareAsync(Ask, tokens);

    private async Task<(Task<T>[] Asked, ScriptedCall Shared)> ShareAsync<T>(Func<string, Task<T>> ask, params string[] tokens)
    {
        var first = Ask("first");
        var alone = await _api.NextAsync();
        Task<T>[] asked = [.. tokens.Select(ask)];
        alone.Answer();
        Assert.Equal("first", await first);
        var shared = await _api.NextAsync();
        Assert.True(shared.IsShared);
        return (asked, shared);
    }

    private async Task AnswerAloneAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var call = await _api.NextAsync();
            Assert.True(call.IsAlone);
            call.Answer();
        }
    }
}
