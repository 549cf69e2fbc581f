using Microsoft.Extensions.DependencyInjection;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionApi.Tests.Operations;

/// <summary><c>GET /v1/session/changes</c>: what ends a wait, and what does not.</summary>
public sealed class AwaitOwnChangesTests : IAsyncDisposable
{
    private const string Target = "/api/v1/session/changes";
    private static readonly (string Name, string Value) Wait = ("Prefer", "wait=25");

    // The wait, and one tick of the timer that ends waits.
    private static readonly TimeSpan WaitTime = TimeSpan.FromSeconds(25) + SessionChanges.Tick;

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_client_that_knows_no_version_gets_the_session_at_once()
    {
        var (sid, token) = await _api.CreateAsync();
        var answer = await _api.SendAsUserAsync(token, "GET", Target, null, Wait);
        Assert.Equal((200, sid), (answer.Status, answer.Text("sid")));
    }

    [Fact]
    public async Task Without_a_change_the_answer_is_304_after_the_wait()
    {
        var (_, token) = await _api.CreateAsync();
        var answer = await WaitAsync(token, WaitTime);
        Assert.Equal((304, ""), (answer.Status, answer.Body));
        Assert.Equal("wait=25", answer.Header("Preference-Applied"));
        Assert.Equal(0, Changes.Count);
    }

    [Fact]
    public async Task The_end_of_the_session_is_told_at_once_with_its_reason()
    {
        var (sid, token) = await _api.CreateAsync();
        var answer = await TellAsync(token, () => _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}"));
        Assert.Equal((401, "revoked"), (answer.Status, answer.Text("reason")));
        Assert.Equal(0, Changes.Count);
    }

    [Fact]
    public async Task Every_session_of_a_sign_out_everywhere_is_told()
    {
        var tokens = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tokens.Add((await _api.CreateAsync()).Token);
        }

        var waiting = tokens.Select(token => _api.SendAsUserAsync(token, "GET", Target + "?since=1", null, Wait)).ToArray();
        await UntilAsync(() => Changes.Count == 3);
        await _api.SendAsync("DELETE", "/api/v1/sessions?userId=alice");
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(401, answer.Status));
    }

    [Fact]
    public async Task New_claims_are_told_and_a_touch_is_not()
    {
        var (sid, token) = await _api.CreateAsync();
        _api.Clock.Advance(TimeSpan.FromMinutes(30));
        var answer = await TellAsync(token, async () =>
        {
            await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch");
            Assert.Equal(1, Changes.Count);
            await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/claims", """{"role":"admin"}""");
        });
        Assert.Equal((200, "admin"), (answer.Status, answer.Json.GetProperty("claims").GetProperty("role").GetString()));

        var version = answer.Json.GetProperty("version").GetInt64();
        Assert.Equal(304, (await WaitAsync(token, WaitTime, version)).Status);
    }

    [Fact]
    public async Task A_rotation_is_told_to_the_old_token()
    {
        var (_, token) = await _api.CreateAsync();
        var answer = await TellAsync(token, () => _api.SendAsUserAsync(token, "POST", "/api/v1/session/rotate"));
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task The_coming_expiry_is_told_once_and_then_the_expiry()
    {
        var (_, token) = await _api.CreateAsync("""{"userId":"alice","idleTimeoutSeconds":600}""");
        _api.Clock.Advance(TimeSpan.FromSeconds(530));
        var warned = await WaitAsync(token, TimeSpan.FromSeconds(10));
        Assert.Equal(200, warned.Status);
        Assert.InRange(warned.Json.GetProperty("idleExpiresInSeconds").GetInt64(), 1, 60);

        Assert.Equal(304, (await WaitAsync(token, WaitTime)).Status);
        Assert.Equal(304, (await WaitAsync(token, WaitTime)).Status);
        var answer = await WaitAsync(token, TimeSpan.FromSeconds(12));
        Assert.Equal((401, "idle-timeout"), (answer.Status, answer.Text("reason")));
    }

    [Fact]
    public async Task A_change_without_a_notice_is_found_when_the_wait_ends()
    {
        var (sid, token) = await _api.CreateAsync();
        await using var other = new ApiFixture(
            configure: services => services.AddSingleton(_api.Services.GetRequiredService<SessionTables>()).AddSingleton<ICache>(_api.Cache), withCache: false);
        var waiting = await BeginAsync(token, since: 1);
        await other.SendAsync("DELETE", $"/api/v1/sessions/{sid}");
        _api.Clock.Advance(WaitTime);
        var answer = await waiting;
        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_nothing()
    {
        var (_, token) = await _api.CreateAsync();
        using var left = new CancellationTokenSource();
        var context = _api.NewContext("GET", Target + "?since=1", ("Authorization", "Bearer " + token), Wait);
        context.RequestAborted = left.Token;
        var waiting = _api.RunAsync(context);
        await UntilAsync(() => Changes.Count == 1);
        await left.CancelAsync();
        await waiting;
        Assert.Equal(0, Changes.Count);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_never_401()
    {
        var (sid, token) = await _api.CreateAsync();
        var answer = await TellAsync(token, async () =>
        {
            _api.TableHook = _ => throw new StoreUnavailableException("down");
            await _api.Cache.RemoveAsync($"session:{{{Locator(sid).PartitionKey}}}:{Locator(sid).RowKey[2..]}", expected: null, CancellationToken.None);
            _api.Clock.Advance(WaitTime);
        });
        Assert.Equal(503, answer.Status);
    }

    [Theory]
    [InlineData("?since=-1")]
    [InlineData("?since=one")]
    [InlineData("?since=")]
    public async Task A_bad_version_is_refused(string query)
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(400, (await _api.SendAsUserAsync(token, "GET", Target + query)).Status);
    }

    private SessionChanges Changes => _api.Services.GetRequiredService<SessionChanges>();

    private static SessionLocator Locator(string sid) =>
        SessionId.TryParse(sid, out var id) ? id.Locator : throw new InvalidOperationException("The API answered with no sid.");

    // The clock stands: only a notice ends the wait.
    private async Task<ApiAnswer> TellAsync(string token, Func<Task> change)
    {
        var waiting = await BeginAsync(token, since: 1);
        await change();
        return await waiting;
    }

    // Nothing happens but that time goes by.
    private async Task<ApiAnswer> WaitAsync(string token, TimeSpan time, long since = 1)
    {
        var waiting = await BeginAsync(token, since);
        _api.Clock.Advance(time);
        return await waiting;
    }

    private async Task<Task<ApiAnswer>> BeginAsync(string token, long since)
    {
        var waiting = _api.SendAsUserAsync(token, "GET", $"{Target}?since={since}", null, Wait);
        await UntilAsync(() => Changes.Count == 1 || waiting.IsCompleted);
        return waiting;
    }

    private static async Task UntilAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            await Task.Yield();
        }
    }
}
