using SessionApi.Callers;

namespace SessionApi.Tests.Callers;

/// <summary>
/// An unknown and a wrong credential are indistinguishable: the same store calls, the same bytes. Counted, not timed, so
/// that the answer is the same on every machine.
/// </summary>
public sealed class EqualWorkTests : IAsyncLifetime
{
    private static readonly string[] Varying = ["Date", "traceparent"];

    private readonly ApiFixture _api = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("strong")]
    [InlineData("cached")]
    public async Task An_unknown_and_a_wrong_session_token_cost_the_same_and_say_the_same(string consistency)
    {
        // Another deployment with the same keys: its token is genuine here, and of no session.
        await using var elsewhere = new ApiFixture();
        var (_, strange) = await elsewhere.CreateAsync();
        var (sid, former) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate")).Status);

        var unknown = await AskAsync(strange, consistency);
        var wrong = await AskAsync(former, consistency);

        Assert.True(wrong.Calls > 0, "A genuine token is looked up.");
        Assert.Equal(unknown, wrong);
    }

    [Fact]
    public async Task An_unknown_and_a_wrong_service_key_cost_the_same_and_say_the_same()
    {
        var unknown = await AskAsync(ServiceKey.New("nobody").Reveal(), "cached");
        var wrong = await AskAsync(ServiceKey.New("service").Reveal(), "cached");

        Assert.Equal(0, wrong.Calls);
        Assert.Equal(unknown, wrong);
    }

    private async Task<(int Calls, string Answer)> AskAsync(string credential, string consistency)
    {
        // The cached revoke-before instant is read again after a while, so each case starts with a fresh one.
        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = _api.Tables.TotalCalls;
        var answer = await _api.SendAsUserAsync(credential, "GET", "/api/v1/session", null, ("Session-Consistency", consistency));
        Assert.Equal(401, answer.Status);
        var headers = answer.Headers.Where(header => !Varying.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Select(header => $"{header.Key}: {header.Value}");
        return (_api.Tables.TotalCalls - before, string.Join('\n', headers.Append(answer.Body)));
    }
}
