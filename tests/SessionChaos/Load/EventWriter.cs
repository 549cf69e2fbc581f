using System.Collections.Concurrent;
using SessionChaos.Processes;
using Support;
using Support.Http;

namespace SessionChaos.Load;

/// <summary>Client that begins, rotates and ends sessions of one user, and keeps what was acknowledged.</summary>
internal sealed class EventWriter(ServerSlot slot, string userId, Dice dice)
{
    private const int LongestPauseMilliseconds = 20;
    private const int MostSessions = 20;

    private static readonly TimeSpan Down = TimeSpan.FromMilliseconds(100);

    private readonly List<string> _live = [];

    public string UserId => userId;

    /// <summary>Gets the changes that a server has acknowledged: the sid and the type of the event.</summary>
    public ConcurrentQueue<(string Sid, string Type)> Acknowledged { get; } = new();

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ChangeAsync(slot.Now.Api);
                await Task.Delay(dice.Milliseconds(0, LongestPauseMilliseconds), TimeProvider.System, CancellationToken.None);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // Whether the change was made is not known, and not asked.
                await Task.Delay(Down, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task ChangeAsync(ApiClient api)
    {
        if (_live.Count == 0 || (_live.Count < MostSessions && dice.Chance(0.4)))
        {
            var created = await api.ServiceAsync("POST", "/v1/sessions", $$"""{"userId":"{{userId}}"}""");
            if ((int)created.Status == 201)
            {
                _live.Add(created.TextOf("sid"));
                Acknowledged.Enqueue((_live[^1], "session.created"));
            }

            return;
        }

        var sid = dice.Pick(_live);
        if (dice.Chance(0.5))
        {
            var rotated = await api.ServiceAsync("POST", $"/v1/sessions/{sid}/rotate", "{}");
            if ((int)rotated.Status == 200)
            {
                Acknowledged.Enqueue((sid, "session.rotated"));
            }

            return;
        }

        var ended = await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}");
        if ((int)ended.Status is 202 or 204)
        {
            _live.Remove(sid);
            Acknowledged.Enqueue((sid, "session.ended"));
        }
    }
}
