using SessionCore.Events.Log;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Events;

/// <summary>An end that was written late is in the log by the time at which a repetition acknowledges it.</summary>
public sealed class RepeatedEndTests
{
    private static readonly Dictionary<string, string?> Log = new() { ["Events:Enabled"] = "true", ["Events:Log:Enabled"] = "true" };

    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryTable _sessions = new("sessions");
    private bool _isDueDown;

    [Fact]
    public async Task An_end_is_not_acknowledged_again_before_the_readers_of_the_log_are_told_where_to_look()
    {
        await using var core = Begin(Log);
        var (id, _) = await core.CreateAsync();
        Assert.True((await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None)).Found);
        _isDueDown = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => core.Sessions.RevokeAllAsync(SessionLocator.PartitionOf("alice"), except: null, EndReasons.SignedOut, dryRun: false, CancellationToken.None));

        _isDueDown = false;
        Assert.True((await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None)).Found);
    }

    [Fact]
    public async Task Where_events_are_off_a_repetition_tells_nobody()
    {
        await using var core = Begin([]);
        var (id, _) = await core.CreateAsync();
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None);
        _isDueDown = true;

        Assert.True((await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None)).Found);
    }

    [Fact]
    public async Task An_event_whose_notice_was_put_off_is_read_after_the_repetition()
    {
        await using var core = Begin(Log);
        var (id, _) = await core.CreateAsync();
        var log = (EventLog)core.Services.GetService(typeof(EventLog))!; // registered with the core
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None);

        // As if the write had come after the last look at its notice, which is not listed for half an hour.
        var due = core.Services.GetService(typeof(SessionTables)) is SessionTables tables ? tables.Due : throw new InvalidOperationException();
        var page = await due.QueryAsync(new TableQuery { PartitionFrom = "event-", PartitionTo = "event." }, CancellationToken.None);
        foreach (var row in page.Rows.Where(row => row.PartitionKey.StartsWith("event-", StringComparison.Ordinal)))
        {
            await due.WriteAsync(TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!), CancellationToken.None); // read, so it has a tag
        }

        Assert.DoesNotContain((await log.ReadAsync(cursor: null, 100, TimeSpan.Zero, CancellationToken.None)).Events, told => told.Event.Type == SessionEventTypes.Ended);

        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None);

        Assert.Contains((await log.ReadAsync(cursor: null, 100, TimeSpan.Zero, CancellationToken.None)).Events, told => told.Event.Type == SessionEventTypes.Ended);
    }

    private CoreHarness Begin(Dictionary<string, string?> settings) => new(
        new SessionTables(_sessions, new InMemoryTable("due", operation => _isDueDown && operation.Writes.Count > 0 ? throw new StoreUnavailableException("down") : ValueTask.CompletedTask)),
        cache: null,
        _time,
        settings: settings);
}
