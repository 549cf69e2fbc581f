using System.Text.Json;

namespace HttpTests;

/// <summary>How many sessions are live, by the status of maintenance.</summary>
public sealed class LiveCountTests(RunningHost host) : HttpSuite(host)
{
    [Fact]
    public async Task A_rebuild_counts_the_sessions_that_are_live()
    {
        var user = NewUser();
        for (var i = 0; i < 3; i++)
        {
            await Api.CreateAsync(user);
        }

        var before = await CountAsync();
        Assert.InRange(before.Live, 3, long.MaxValue);
        Assert.InRange(TimeProvider.System.GetUtcNow() - before.CountedAt, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        Assert.Equal(200, (int)(await Api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}")).Status);

        Assert.InRange((await CountAsync()).Live, 0, before.Live - 3);
    }

    private async Task<(long Live, DateTimeOffset CountedAt)> CountAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var run = await Api.OperatorAsync("POST", "/v1/operations/rebuild-indexes");
        while (!run.Json.GetProperty("finished").GetBoolean())
        {
            Assert.False(limit.IsCancellationRequested, run.Text);
            run = await Api.OperatorAsync("POST", "/v1/operations/rebuild-indexes");
        }

        JsonElement sessions = (await Api.OperatorAsync("GET", "/v1/operations/status")).Json.GetProperty("sessions");
        return (sessions.GetProperty("live").GetInt64(), sessions.GetProperty("countedAt").GetDateTimeOffset());
    }
}
