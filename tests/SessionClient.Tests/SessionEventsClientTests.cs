using System.Text.Json.Nodes;
using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>News of sessions by the client, against the real host.</summary>
[Collection(nameof(RunningApi))]
public sealed class SessionEventsClientTests(RunningApi api) : IAsyncLifetime
{
    private readonly TestedClient _client = new(api.Address, api.ServiceKey);

    private SessionsClient Sessions => _client.Sessions;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task A_wait_for_a_change_tells_new_claims_and_the_end()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });
        var known = (await Sessions.Events.AwaitChangeAsync(issued.Token))!.Session!.Version;
        Assert.Null(await Sessions.Events.AwaitChangeAsync(issued.Token, known, TimeSpan.Zero));

        var waiting = Sessions.Events.AwaitChangeAsync(issued.Token, known);
        await Sessions.ReplaceClaimsAsync(issued.Sid, new JsonObject { ["role"] = "admin" });
        var changed = (await waiting)!.Session!;
        Assert.Equal("admin", changed.Claims?.GetProperty("role").GetString());

        var ending = Sessions.Events.AwaitChangeAsync(issued.Token, changed.Version);
        await Sessions.RevokeAsync(issued.Sid, "password-changed");
        var ended = await ending;
        Assert.Equal((null, "password-changed"), (ended!.Session, ended.End?.Reason));
        Assert.Null((await Sessions.Events.AwaitChangeAsync("no token"))!.End);
    }

    [Fact]
    public async Task Events_are_read_page_by_page()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });
        var subjects = new List<string?>();
        SessionEventPage? page = null;
        do
        {
            page = await Sessions.Events.ReadAsync(page?.Cursor, limit: 2, TimeSpan.Zero);
            subjects.AddRange(page.Events.Where(told => told.TryGetProperty("subject", out _)).Select(told => told.GetProperty("subject").GetString()));
        }
        while (page.More);

        Assert.Contains(issued.Sid, subjects);
        Assert.NotNull(page.CompleteAsOf);
    }
}
