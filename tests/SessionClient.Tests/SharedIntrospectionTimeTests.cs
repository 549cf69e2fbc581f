using SessionFunctions.Client;
using Support.Time;

namespace SessionClient.Tests;

/// <summary>The time for a call is that of the caller, whatever calls an introspection takes.</summary>
public sealed class SharedIntrospectionTimeTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedApi _api = new();
    private readonly TestedClient _client;

    public SharedIntrospectionTimeTests() => _client = new TestedClient(
        new Uri("http://localhost/api"), "ssk_key", options => (options.Timeout, options.MaxRetries) = (Limit, 0), _api, _clock);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _api.Dispose();
    }

    [Fact]
    public async Task One_that_is_asked_alone_after_a_shared_call_has_what_is_left_of_its_time()
    {
        var (asked, shared) = await ShareAsync("a", "b");
        _clock.Advance(Limit * 0.9);
        shared.Answer(problem: "b");
        Assert.Equal("a", (await asked[0]).Session!.Sid);
        Assert.True((await _api.NextAsync()).IsAlone);

        _clock.Advance(Limit * 0.1);

        await AssertEndedAsync(asked[1]);
    }

    [Fact]
    public async Task A_shared_call_ends_in_the_time_of_the_first_that_waited_for_it()
    {
        var first = _client.Sessions.IntrospectAsync("first");
        var alone = await _api.NextAsync();
        var waiting = _client.Sessions.IntrospectAsync("a");
        _clock.Advance(TimeSpan.FromMilliseconds(4));
        var late = _client.Sessions.IntrospectAsync("b");
        alone.Answer();
        await first;
        Assert.True((await _api.NextAsync()).IsShared);

        _clock.Advance(Limit - TimeSpan.FromMilliseconds(4));

        await AssertEndedAsync(waiting);
        await AssertEndedAsync(late);
    }

    [Theory]
    [InlineData(200, """{"active":true,"unchanged":{"sid":"other","idleExpiresInSeconds":60,"expiresInSeconds":600}}""")]
    [InlineData(400, """{"type":"urn:session-functions:problem:validation","title":"t","status":400}""")]
    public async Task One_that_is_asked_again_without_a_version_has_what_is_left_of_its_time(int status, string answer)
    {
        var known = new Session { Sid = "a", State = SessionState.Live, Version = 7 };
        var asked = _client.Sessions.IntrospectAsync("a", new IntrospectionOptions { Known = known });
        var call = await _api.NextAsync();
        _clock.Advance(Limit * 0.4); // an attempt has half
        call.Answer(status, answer);
        Assert.Null((await _api.NextAsync()).KnownVersions.Single());

        _clock.Advance(Limit * 0.6);

        await AssertEndedAsync(asked);
    }

    private static async Task AssertEndedAsync(Task<Introspection> asked) =>
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => asked.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System));

    private async Task<(Task<Introspection>[] Asked, ScriptedCall Shared)> ShareAsync(params IReadOnlyList<string> tokens)
    {
        var first = _client.Sessions.IntrospectAsync("first");
        var alone = await _api.NextAsync();
        Task<Introspection>[] asked = [.. tokens.Select(token => _client.Sessions.IntrospectAsync(token))];
        alone.Answer();
        await first;
        return (asked, await _api.NextAsync());
    }
}
