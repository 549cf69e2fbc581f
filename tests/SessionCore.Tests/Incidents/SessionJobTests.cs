using SessionCore.Incidents;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Incidents;

/// <summary>Jobs over sessions by filter.</summary>
public sealed class SessionJobTests : JobFixture
{
    [Fact]
    public async Task A_dry_run_lists_what_the_run_ends_and_nothing_else_ends()
    {
        await using var instance = Instance();
        var bad = new List<SessionId>();
        var good = new List<SessionId>();
        for (var i = 0; i < 40; i++)
        {
            bad.Add(await CreateAsync(instance, $"user {i % 9}", "curl/8.5", "203.0.113.7"));
            good.Add(await CreateAsync(instance, $"user {i % 9}", "Mozilla/5.0", "203.0.113.7"));
        }

        var dry = await RunAsync(instance, Ask(JobKind.Revoke, OfCurl, dryRun: true));
        Assert.Equal((JobState.Finished, 40, 0), (dry.State, dry.Progress.Matched, dry.Progress.Ended));
        Assert.Equal(bad.Select(id => id.ToString()).Order(), (await ResultAsync(instance, dry.Id)).Order());
        Assert.True(await IsLiveAsync(instance, bad[0]));

        var run = await RunAsync(instance, Ask(JobKind.Revoke, OfCurl));
        Assert.Equal((JobState.Finished, 40, 40), (run.State, run.Progress.Matched, run.Progress.Ended));
        Assert.Equal((await ResultAsync(instance, dry.Id)).Order(), (await ResultAsync(instance, run.Id)).Order());
        Assert.Equal(20, (await instance.Jobs.SampleAsync(run.Id, Never)).Count);
        foreach (var id in good)
        {
            Assert.True(await IsLiveAsync(instance, id));
        }

        var ended = (await instance.Sessions.FindAsync(bad[0], ReadConsistency.Strong, Never)).Ended;
        Assert.Equal("incident", ended!.Reason);
    }

    [Fact]
    public async Task Running_again_ends_nothing_and_neither_does_a_poll_of_a_finished_job()
    {
        await using var instance = Instance();
        await CreateAsync(instance, "alice", "curl/8.5");
        var first = await RunAsync(instance, Ask(JobKind.Revoke, OfCurl));
        var late = await CreateAsync(instance, "alice", "curl/8.5");
        await instance.Jobs.RunAsync(Never);
        Assert.True(await IsLiveAsync(instance, late));
        Assert.Equal(1, (await instance.Jobs.FindAsync(first.Id, Never))!.Progress.Ended);

        var again = await RunAsync(instance, Ask(JobKind.Revoke, OfCurl));
        Assert.Equal(1, again.Progress.Ended);
    }

    [Fact]
    public async Task Who_signs_in_while_a_job_runs_stays_signed_in()
    {
        await using var instance = Instance();
        var old = await CreateAsync(instance, "alice", "curl/8.5");
        var job = await StartAsync(instance, Ask(JobKind.Revoke, OfCurl));
        var fresh = await CreateAsync(instance, "alice", "curl/8.5");
        await instance.Jobs.RunAsync(Never);

        Assert.False(await IsLiveAsync(instance, old));
        Assert.True(await IsLiveAsync(instance, fresh));
        Assert.Equal(1, (await instance.Jobs.FindAsync(job.Id, Never))!.Progress.Matched);
    }

    [Fact]
    public async Task A_session_that_fits_no_more_when_it_would_end_stays()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(30));
        var idle = new SessionFilter { LastSeenBefore = Now.AddMinutes(-10) };
        await StartAsync(instance, Ask(JobKind.Revoke, idle));
        var isTouched = false;
        Hook = async operation =>
        {
            // The user comes back after the job has read the page, and before it ends the session.
            if (!isTouched && operation is { Kind: TableOperationKind.Find, RowKey: ['s', '_', ..] })
            {
                isTouched = true;
                await other.Sessions.TouchAsync(await other.ValidateAsync(token), ipAddress: null, Never);
            }
        };
        await instance.Jobs.RunAsync(Never);
        Hook = null;

        Assert.True(isTouched);
        Assert.True(await IsLiveAsync(instance, id));
    }

    [Fact]
    public async Task A_cancelled_job_stops_and_goes_on_where_it_was()
    {
        await using var instance = Instance();
        for (var i = 0; i < 30; i++)
        {
            await CreateAsync(instance, $"user {i}", "curl/8.5");
        }

        var job = await StartAsync(instance, Ask(JobKind.Revoke, OfCurl));
        Assert.Equal(JobState.Cancelled, (await instance.Jobs.CancelAsync(job.Id, Never))!.State);
        await instance.Jobs.RunAsync(Never);
        Assert.Equal(0, (await instance.Jobs.FindAsync(job.Id, Never))!.Progress.Ended);

        Assert.Equal(JobState.Running, (await instance.Jobs.ResumeAsync(job.Id, Never))!.State);
        await instance.Jobs.RunAsync(Never);
        var done = (await instance.Jobs.FindAsync(job.Id, Never))!;
        Assert.Equal((JobState.Finished, 30), (done.State, done.Progress.Ended));
        Assert.Equal(JobState.Finished, (await instance.Jobs.CancelAsync(job.Id, Never))!.State);
    }

    [Fact]
    public async Task Only_the_users_of_the_filter_are_looked_at()
    {
        await using var instance = Instance();
        for (var i = 0; i < 50; i++)
        {
            await CreateAsync(instance, $"user {i}");
        }

        var users = Enumerable.Range(10, 20).Select(i => SessionLocator.PartitionOf($"user {i}")).Order().ToArray();
        var job = await RunAsync(instance, Ask(JobKind.Revoke, new SessionFilter { Users = users }));

        Assert.Equal((20, 20, 20, 1.0), (job.UserCount, job.Progress.Examined, job.Progress.Ended, job.Progress.Part));
        Assert.True(await IsLiveAsync(instance, await CreateAsync(instance, "user 9")));
    }

    [Fact]
    public async Task A_count_keeps_a_sample_and_no_list()
    {
        await using var instance = Instance();
        for (var i = 0; i < 200; i++)
        {
            await CreateAsync(instance, $"user {i}", "curl/8.5");
        }

        var job = await RunAsync(instance, Ask(JobKind.Count, OfCurl));

        Assert.Equal(200, job.Progress.Matched);
        Assert.Equal(20, (await instance.Jobs.SampleAsync(job.Id, Never)).Count);
        Assert.InRange((await ResultAsync(instance, job.Id)).Count, 20, 80);
    }

    [Fact]
    public async Task What_a_filter_names_and_finds_is_sealed_in_the_table()
    {
        await using var instance = Instance();
        await CreateAsync(instance, "alice", "SecretAgent/1", "198.51.100.77");
        var users = new[] { SessionLocator.PartitionOf("alice") };
        await RunAsync(instance, Ask(JobKind.Export, new SessionFilter { Users = users, UserAgentContains = "secretagent" }));

        var texts = Sessions.Snapshot()
            .Where(row => row.PartitionKey.StartsWith("~job", StringComparison.Ordinal))
            .SelectMany(row => row.Properties.Select(property => property.Value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{property.Value}"))
            .ToArray();

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.DoesNotMatch("(?i)secretagent|198\\.51|alice", text));
    }

    [Fact]
    public async Task A_job_whose_row_was_changed_by_another_is_not_worked_on()
    {
        await using var instance = Instance();
        var id = await CreateAsync(instance, "bob", "curl/8.5");
        await StartAsync(instance, Ask(JobKind.Revoke, new SessionFilter { Users = [SessionLocator.PartitionOf("alice")] }));

        // Without its users the filter would fit everybody.
        Sessions.Restore([.. Sessions.Snapshot().Select(row => row.PartitionKey == "~jobs" ? Without(row, "users0") : row)]);
        await instance.Jobs.RunAsync(Never);

        Assert.True(await IsLiveAsync(instance, id));
    }

    [Fact]
    public async Task An_empty_filter_is_no_job_and_twenty_running_ones_are_the_most()
    {
        await using var instance = Instance();
        await Assert.ThrowsAsync<ArgumentException>(() => instance.Jobs.CreateAsync(Ask(JobKind.Count, new SessionFilter()), Never));
        for (var i = 0; i < SessionJobs.MaxRunning; i++)
        {
            Assert.NotNull(await instance.Jobs.CreateAsync(Ask(JobKind.Count, OfCurl), Never));
        }

        Assert.Null(await instance.Jobs.CreateAsync(Ask(JobKind.Count, OfCurl), Never));
    }

    [Fact]
    public async Task After_a_week_nothing_of_a_job_is_left()
    {
        await using var instance = Instance();
        await CreateAsync(instance, "alice", "curl/8.5");
        await RunAsync(instance, Ask(JobKind.Export, OfCurl));
        Assert.Contains(Sessions.Snapshot(), row => row.PartitionKey.StartsWith("~job-", StringComparison.Ordinal));
        Time.Advance(SessionJobs.Retention);
        await instance.Jobs.RunAsync(Never);

        Assert.Empty(await instance.Jobs.ListAsync(Never));
        Assert.DoesNotContain(Sessions.Snapshot(), row => row.PartitionKey.StartsWith("~job", StringComparison.Ordinal) || row.RowKey.StartsWith("job-", StringComparison.Ordinal));
    }

    private static TableRow Without(TableRow row, string property)
    {
        var copy = new TableRow(row.PartitionKey, row.RowKey, row.ETag);
        foreach (var (name, value) in row.Properties.Where(it => it.Key != property))
        {
            copy.Set(name, value);
        }

        return copy;
    }
}
