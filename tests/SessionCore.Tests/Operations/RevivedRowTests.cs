using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;

namespace SessionCore.Tests.Operations;

/// <summary>A writer in the table puts back the row that a session had while it was live.</summary>
public sealed class RevivedRowTests() : SessionServiceFixture(withCache: false)
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    [Fact]
    public async Task Lists_counts_and_dry_runs_do_not_show_it_and_report_it()
    {
        await using var instance = Instance();
        using var events = new SecurityEvents(instance);
        await ReviveAsync(instance, endedWith: "signed-out");
        await instance.CreateAsync();

        Assert.Single((await ListAsync(instance, SessionListState.Live)).Sessions);
        Assert.Equal(1, events.Count("row-revived"));
        Assert.Single((await ListAsync(instance, SessionListState.All)).Sessions);
        Assert.Equal(1, (await instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never)).Count);
        Assert.Single((await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: true, Never)).Sessions);
        Assert.Equal(3, events.Count("row-revived"));
    }

    [Fact]
    public async Task A_sign_out_everywhere_ends_it()
    {
        await using var instance = Instance();
        var token = await ReviveAsync(instance, endedWith: "signed-out");

        Assert.Empty((await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never)).Sessions);

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_sign_out_of_all_others_by_it_ends_it_too()
    {
        await using var instance = Instance();
        var token = await ReviveAsync(instance, endedWith: "signed-out");

        await instance.Sessions.RevokeAllAsync(Alice, new SessionId(Token(instance, token).Locator), "signed-out", dryRun: false, Never);

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rebuild_ends_it_even_long_after_the_user_has_gone(bool isLong)
    {
        await using var instance = Instance();
        using var events = new SecurityEvents(instance);
        var (id, token) = await instance.CreateAsync();
        var saved = Table.Snapshot();
        await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        if (isLong)
        {
            Time.Advance(TimeSpan.FromMinutes(30));
            await instance.Maintenance.RebuildAsync(RunStart.Demanded, Never);
        }

        PutBack(saved);
        var counts = await instance.Maintenance.RebuildUserAsync(Alice, Never);

        Assert.Equal(1, counts[MaintenanceCount.HeadDrift]);
        Assert.Equal(1, events.Count("row-revived"));
        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.Equal(0, (await instance.Maintenance.RebuildUserAsync(Alice, Never))[MaintenanceCount.HeadDrift]);
    }

    [Fact]
    public async Task More_of_them_than_a_transaction_takes_are_ended_all()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "98"));
        var saved = new List<TableRow>();
        var tokens = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 60; i++)
            {
                tokens.Add((await instance.CreateAsync()).Token);
            }

            saved.AddRange(Table.Snapshot().Where(row => row.GetString("state") == "live"));
            await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);
        }

        await instance.CreateAsync();
        PutBack(saved);
        Assert.True(await instance.IsAcceptedAsync(tokens[0], ReadConsistency.Strong));

        var revocation = await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);

        Assert.Single(revocation.Sessions);
        Assert.All(tokens, token => Assert.False(instance.IsAcceptedAsync(token, ReadConsistency.Strong).Result));
    }

    // What docs/threat-model.md accepts, and its remedy.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_its_head_put_back_or_deleted_it_is_not_noticed_and_revoke_before_ends_it(bool isDeleted)
    {
        await using var instance = Instance();
        using var events = new SecurityEvents(instance);
        var (id, token) = await instance.CreateAsync();
        var saved = Table.Snapshot();
        await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        Table.Restore([.. saved.Where(row => !isDeleted || !row.RowKey.StartsWith("u_", StringComparison.Ordinal))]);

        Assert.True(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.Single((await ListAsync(instance, SessionListState.Live)).Sessions);
        Assert.Equal(0, events.Count("row-revived"));

        Time.Advance(TimeSpan.FromSeconds(1));
        await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.Empty((await ListAsync(instance, SessionListState.Live)).Sessions);
    }

    [Theory]
    [InlineData("s_")]
    [InlineData("")]
    public async Task Without_its_row_a_session_has_ended(string deleted)
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        Table.Restore([.. Table.Snapshot().Where(row => !row.RowKey.StartsWith(deleted, StringComparison.Ordinal))]);

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.False((await instance.Sessions.RevokeAsync(id, "signed-out", Never)).Found);
        Assert.Empty((await ListAsync(instance, SessionListState.All)).Sessions);
        var (_, next) = await instance.CreateAsync();
        Assert.True(await instance.IsAcceptedAsync(next, ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_session_that_ends_during_a_list_is_no_such_row()
    {
        await using var instance = Instance();
        using var events = new SecurityEvents(instance);
        for (var i = 0; i < 50; i++)
        {
            var (id, _) = await instance.CreateAsync();
            await Task.WhenAll(
                Task.Run(() => ListAsync(instance, SessionListState.Live)),
                Task.Run(() => instance.Sessions.RevokeAsync(id, "signed-out", Never)),
                Task.Run(() => instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never)));
        }

        Assert.Equal(0, events.Count("row-revived"));
    }

    private static Task<SessionPage> ListAsync(CoreHarness instance, SessionListState state) =>
        instance.Sessions.ListAsync(Alice, state, 100, null, ReadConsistency.Cached, Never);

    private async Task<string> ReviveAsync(CoreHarness instance, string endedWith)
    {
        var (id, token) = await instance.CreateAsync();
        var saved = Table.Snapshot();
        await instance.Sessions.RevokeAsync(id, endedWith, Never);
        PutBack(saved);
        Assert.True(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        return token;
    }

    private void PutBack(IEnumerable<TableRow> saved)
    {
        var rows = saved.Where(row => row.RowKey.StartsWith("s_", StringComparison.Ordinal)).ToDictionary(row => row.RowKey);
        Table.Restore([.. Table.Snapshot().Where(row => !rows.ContainsKey(row.RowKey)), .. rows.Values]);
    }

    private sealed class SecurityEvents : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string> _kinds = [];

        public SecurityEvents(CoreHarness instance)
        {
            var factory = instance.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "session.security.events" && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                lock (_kinds)
                {
                    _kinds.Add((string)tags[0].Value!); // the tag of the instrument
                }
            });
            _listener.Start();
        }

        public int Count(string kind) => _kinds.Count(other => other == kind);

        public void Dispose() => _listener.Dispose();
    }
}
