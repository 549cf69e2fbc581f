using SessionCore.Events;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using Support;
using Support.Time;

namespace SessionConsole.Tests;

/// <summary>What happened in the deployment before a test: an event that its target refused for three days, and a day of sign-ins.</summary>
internal static class Past
{
    /// <summary>The user whose event is parked.</summary>
    public const string ParkedUser = "parked-user";

    private const int Hours = 24;
    private const int LiveUsers = 12;

    private static readonly TimeSpan Refused = TimeSpan.FromHours(73);

    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15",
        "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    ];

    /// <summary>Parks an event.</summary>
    /// <param name="core">An instance whose target is <see cref="RefusingTarget"/>.</param>
    /// <param name="time">Its clock, which goes on by three days.</param>
    public static async Task ParkAsync(CoreHarness core, ManualTimeProvider time)
    {
        await core.CreateAsync(ParkedUser);
        await core.Events.RunOnceAsync(CancellationToken.None);
        time.Advance(Refused);
        await core.Events.RunOnceAsync(CancellationToken.None);
        Assert.Equal(1, await core.Events.CountParkedAsync(CancellationToken.None));
        await core.Events.ReleaseAsync(CancellationToken.None);
    }

    /// <summary>Lets users sign in and out for a day, until now.</summary>
    /// <param name="core">An instance.</param>
    /// <param name="time">Its clock, a day behind.</param>
    public static async Task LiveADayAsync(CoreHarness core, ManualTimeProvider time)
    {
        for (var hour = 0; hour < Hours; hour++)
        {
            var count = 14 + (int)(11 * Math.Sin((hour - 7) / 3.8));
            var created = await Task.WhenAll(Enumerable.Range(0, count).Select(index => CreateAsync(core, (hour * 13) + index)));
            foreach (var id in created.Take((count * 2 / 3) + (hour % 2)))
            {
                await core.Sessions.RevokeAsync(id, "signed-out", CancellationToken.None);
            }

            await core.Maintenance.FlushLiveCountAsync(CancellationToken.None);
            if (hour < Hours - 1)
            {
                time.Advance(TimeSpan.FromHours(1));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, LiveUsers * 2).Select(index => CreateAsync(core, index % LiveUsers, index)));
        await core.Maintenance.FlushLiveCountAsync(CancellationToken.None);
        await core.Maintenance.RebuildAsync(RunStart.Demanded, CancellationToken.None);
        await core.Maintenance.PurgeAsync(RunStart.Demanded, CancellationToken.None);
    }

    private static async Task<SessionId> CreateAsync(CoreHarness core, int user, int device = 0)
    {
        var session = new NewSession
        {
            UserId = $"user-{1000 + (user * 37 % 911)}",
            Device = new SessionDevice(Label: null, Browsers[(user + device) % Browsers.Length], $"203.0.113.{1 + ((user + device) * 29 % 250)}"),
        };
        var creation = await core.Sessions.CreateAsync(session, key: null, CancellationToken.None);
        return creation.Session.Live?.Id ?? throw new InvalidOperationException($"The session was not created: {creation.Outcome}.");
    }
}

/// <summary>A receiver that acknowledges nothing.</summary>
internal sealed class RefusingTarget : IEventTarget
{
    public string Name => "billing";

    public bool Wants(string type) => true;

    public ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
