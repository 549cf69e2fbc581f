using System.Text;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;
using Support.Tables;

namespace SessionCore.Tests.Events;

/// <summary>Each committed change has its event, in its own transaction; a change that is not committed has none.</summary>
public sealed class OutboxTests
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    private readonly EventsFixture _world = new();

    private static CancellationToken Never => CancellationToken.None;

    public static TheoryData<string, string> Changes => new()
    {
        { "end", SessionEventTypes.Ended },
        { "end by expiry", SessionEventTypes.Ended },
        { "rotate", SessionEventTypes.Rotated },
        { "rotate own", SessionEventTypes.Rotated },
        { "claims", SessionEventTypes.ClaimsChanged },
        { "sign out", SessionEventTypes.SignedOutEverywhere },
        { "revoke before", SessionEventTypes.RevokedBefore },
        { "end keys", SessionEventTypes.RevokedBefore },
        { "data", "" },
        { "touch", "" },
        { "expiry", "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_writes_its_event_in_its_transaction(string change, string type)
    {
        await using var core = _world.Instance();
        var (id, token) = await core.CreateAsync();
        var before = (await _world.EventsAsync(core)).Select(row => row.Event.Id).ToHashSet();
        var transactions = new List<int>();
        _world.AtTable = operation =>
        {
            if (operation.Moment is TableMoment.After && operation.Writes.Any(write => EventRow.Is(write.Row)))
            {
                transactions.Add(operation.Writes.Count);
            }

            return ValueTask.CompletedTask;
        };

        await MakeAsync(core, change, id, token);

        string[] made = [.. (await _world.EventsAsync(core)).Where(row => !before.Contains(row.Event.Id)).Select(row => row.Event.Type)];
        Assert.Equal(type.Length == 0 ? [] : [type], made);
        Assert.Equal(made.Length, transactions.Count);
        Assert.All(transactions, rows => Assert.True(rows > 1));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Without_events_nothing_is_written_beside_a_change(string change, string type)
    {
        await using var core = _world.Instance(isOn: false, new Dictionary<string, string?>());
        var (id, token) = await core.CreateAsync();

        await MakeAsync(core, change, id, token);

        Assert.NotNull(type);
        Assert.Empty(await _world.EventsAsync(core));
        Assert.Empty(await _world.NoticesAsync());
    }

    [Fact]
    public async Task A_creation_tells_of_the_session_and_a_repeated_end_of_nothing()
    {
        await using var core = _world.Instance();
        var (id, _) = await core.CreateAsync();
        var created = Assert.Single(await _world.EventsAsync(core)).Event;

        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never);
        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never);

        var ended = (await _world.EventsAsync(core)).Single(row => row.Event.Type == SessionEventTypes.Ended).Event;
        var (first, last) = (EventsFixture.DataOf(created), EventsFixture.DataOf(ended));
        Assert.Equal((id.ToString(), "alice", 1), (created.Subject, first.GetProperty("userId").GetString(), first.GetProperty("version").GetInt32()));
        Assert.Equal((id.ToString(), "signed-out", 2), (ended.Subject, last.GetProperty("reason").GetString(), last.GetProperty("version").GetInt32()));
        Assert.NotEqual(created.Id, ended.Id);
    }

    [Fact]
    public async Task A_sign_out_of_98_sessions_is_one_transaction_of_100_rows()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "98" });
        for (var i = 0; i < 98; i++)
        {
            await core.CreateAsync();
        }

        var rows = new List<int>();
        _world.AtTable = operation =>
        {
            if (operation is { Moment: TableMoment.After, Writes.Count: > 1 })
            {
                rows.Add(operation.Writes.Count);
            }

            return ValueTask.CompletedTask;
        };
        await core.Sessions.RevokeAllAsync(Alice, except: null, EndReasons.SignedOut, dryRun: false, Never);

        Assert.Equal([100], rows);
        var told = (await _world.EventsAsync(core)).Single(row => row.IsUserWide).Event;
        Assert.Equal(98, EventsFixture.DataOf(told).GetProperty("sids").EnumerateArray().Select(sid => sid.GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData(TableMoment.Before, 0)]
    [InlineData(TableMoment.After, 1)]
    public async Task A_change_whose_answer_is_lost_has_its_event_exactly_if_it_was_made(TableMoment lost, int events)
    {
        await using var core = _world.Instance();
        var (id, _) = await core.CreateAsync();
        var hasFailed = false;
        _world.AtTable = operation =>
        {
            if (operation.Moment == lost && operation.Writes.Any(write => EventRow.Is(write.Row)))
            {
                hasFailed = true;
                throw new StoreUnavailableException("lost");
            }

            return ValueTask.CompletedTask;
        };

        var fault = await Record.ExceptionAsync(() => core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never));

        _world.AtTable = null;
        Assert.True(hasFailed);
        Assert.Equal(events == 0, fault is StoreUnavailableException);
        Assert.Equal(events, (await _world.EventsAsync(core)).Count(row => row.Event.Type == SessionEventTypes.Ended));
    }

    [Fact]
    public async Task A_change_that_cannot_be_announced_is_not_made()
    {
        await using var core = _world.Instance();
        var (id, token) = await core.CreateAsync();
        _world.AtTable = operation => operation.Moment is TableMoment.Before && operation.Writes.Any(write => EventNotice.Read(write.Row) is not null)
            ? throw new StoreUnavailableException("down")
            : ValueTask.CompletedTask;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => core.Sessions.RevokeAllAsync(Alice, except: null, EndReasons.SignedOut, dryRun: false, Never));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => core.CreateAsync("bob"));

        _world.AtTable = null;
        Assert.True(await core.IsAcceptedAsync(token));
        Assert.Single(await _world.EventsAsync(core));
    }

    [Fact]
    public async Task A_creation_that_evicts_tells_of_both()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "1" });
        var (first, _) = await core.CreateAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var (second, _) = await core.CreateAsync();

        var told = (await _world.EventsAsync(core)).Select(row => (row.Event.Type, row.Event.Subject)).ToArray();
        Assert.Equal(3, told.Length);
        Assert.Contains((SessionEventTypes.Ended, first.ToString()), told);
        Assert.Contains((SessionEventTypes.Created, second.ToString()), told);
    }

    [Fact]
    public async Task A_lowered_limit_evicts_in_several_transactions_with_one_event_each()
    {
        await using var many = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "98" });
        for (var i = 0; i < 98; i++)
        {
            await many.CreateAsync();
            _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await using var few = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "1" });
        var (last, _) = await few.CreateAsync();

        var events = await _world.EventsAsync(few);
        Assert.Equal(98, events.Where(row => row.Event.Type == SessionEventTypes.Ended).Select(row => row.Event.Subject).Distinct().Count());
        Assert.Equal(events.Count, events.Select(row => row.Event.Id).Distinct().Count());
        var live = await few.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Strong, Never);
        Assert.Equal([last], live.Sessions.Select(session => session.Live!.Id));
    }

    [Fact]
    public async Task An_upgrade_tells_which_session_of_the_user_takes_the_place()
    {
        await using var core = _world.Instance();
        var (anonymous, _) = await core.CreateAsync(userId: null);

        var rotation = await core.Sessions.RotateAsync(anonymous, new RotationRequest("alice"), Never);

        var assigned = (await _world.EventsAsync(core)).Single(row => row.Event.Type == SessionEventTypes.Assigned).Event;
        Assert.Equal(anonymous.ToString(), assigned.Subject);
        Assert.Equal(rotation.Session!.Id.ToString(), EventsFixture.DataOf(assigned).GetProperty("newSid").GetString());
    }

    [Fact]
    public async Task A_lapse_that_the_purge_finds_is_told_once()
    {
        await using var core = _world.Instance();
        var (id, _) = await core.CreateAsync();
        var (other, _) = await core.CreateAsync();
        await core.Sessions.RevokeAsync(other, EndReasons.SignedOut, Never);
        _world.Time.Advance(TimeSpan.FromHours(3));

        await core.Maintenance.PurgeAsync(RunStart.ByHand, Never);
        await core.Maintenance.PurgeAsync(RunStart.ByHand, Never);

        var ended = (await _world.EventsAsync(core)).Where(row => row.Event.Type == SessionEventTypes.Ended).ToArray();
        Assert.Equal(2, ended.Length);
        Assert.Equal("idle-timeout", EventsFixture.DataOf(ended.Single(row => row.Event.Subject == id.ToString()).Event).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_purge_of_many_lapsed_sessions_of_a_user_fits_its_transactions()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "98" });
        for (var i = 0; i < 98; i++)
        {
            await core.CreateAsync();
        }

        _world.Time.Advance(TimeSpan.FromHours(3));
        await core.Maintenance.PurgeAsync(RunStart.ByHand, Never);

        Assert.Equal(98, (await _world.EventsAsync(core)).Count(row => row.Event.Type == SessionEventTypes.Ended));
    }

    [Fact]
    public async Task Claims_that_a_keyed_save_leaves_alone_are_no_event()
    {
        await using var core = _world.Instance();
        var key = CoreHarness.KeyOf("cart");
        async Task SaveAsync(string claims, string data) => await core.Sessions.Keyed.SaveAsync(
            key, new NewSession { UserId = "alice", ClaimsJson = Encoding.UTF8.GetBytes(claims), DataJson = Encoding.UTF8.GetBytes(data) }, condition: null, Never);

        await SaveAsync("""{"role":"admin"}""", "{}");
        await SaveAsync("""{"role":"admin"}""", """{"a":1}""");
        await SaveAsync("""{"role":"guest"}""", "{}");

        Assert.Equal(
            [SessionEventTypes.Created, SessionEventTypes.ClaimsChanged],
            (await _world.EventsAsync(core)).Select(row => row.Event.Type));
    }

    [Fact]
    public async Task An_event_holds_no_token_claim_or_data()
    {
        const string Canary = "canary-7f3a";
        await using var core = _world.Instance();
        var wish = new NewSession
        {
            UserId = "alice",
            ClaimsJson = Encoding.UTF8.GetBytes($$"""{"role":"{{Canary}}"}"""),
            DataJson = Encoding.UTF8.GetBytes($$"""{"cart":"{{Canary}}"}"""),
            Device = new SessionDevice(Canary, Canary, "203.0.113.77"),
        };
        var creation = await core.Sessions.CreateAsync(wish, key: null, Never);
        var (id, token) = (creation.Session.Live!.Id, creation.Token!.Reveal());
        await core.Sessions.ReplaceClaimsAsync(id, Encoding.UTF8.GetBytes($$"""{"role":"{{Canary}}2"}"""), ifVersion: null, Never);
        var rotation = await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);

        var events = await _world.EventsAsync(core);
        Assert.Equal(4, events.Count);
        Assert.All(events, row =>
        {
            var text = Encoding.UTF8.GetString(row.Event.DataJson.Span) + row.Event.Id + row.Event.Subject;
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
            Assert.DoesNotContain("203.0.113.77", text, StringComparison.Ordinal);
            Assert.DoesNotContain(token[60..100], text, StringComparison.Ordinal);
            Assert.DoesNotContain(rotation.Token!.Reveal()[60..100], text, StringComparison.Ordinal);
        });
    }

    private static async Task MakeAsync(CoreHarness core, string change, SessionId id, string token)
    {
        SessionToken.Read(token, core.Keys, out var read);
        Task made = change switch
        {
            "end" => core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never),
            "end by expiry" => core.Sessions.SetExpiryAsync(id, TimeSpan.Zero, idleTimeout: null, Never),
            "rotate" => core.Sessions.RotateAsync(id, new RotationRequest(), Never),
            "rotate own" => core.Sessions.RotateOwnAsync(read, Never),
            "claims" => core.Sessions.ReplaceClaimsAsync(id, Encoding.UTF8.GetBytes("""{"a":1}"""), ifVersion: null, Never),
            "sign out" => core.Sessions.RevokeAllAsync(Alice, except: null, EndReasons.SignedOut, dryRun: false, Never),
            "revoke before" => core.Sessions.RevokeBeforeAsync(core.Time.GetUtcNow(), Never),
            "end keys" => core.Sessions.Keyed.RevokeAllAsync("web", Never),
            "data" => core.Sessions.ReplaceDataAsync(id, Encoding.UTF8.GetBytes("{}"), ifVersion: null, Never),
            "expiry" => core.Sessions.SetExpiryAsync(id, expiresIn: null, TimeSpan.FromMinutes(30), Never),
            _ => core.Sessions.TouchAsync(await core.ValidateAsync(token), "203.0.113.9", Never).AsTask(),
        };
        await made;
    }
}
