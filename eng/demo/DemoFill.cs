using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace Demo;

/// <summary>Lives through the story with the real core, under a clock that goes through the week.</summary>
internal sealed class DemoFill(SessionService sessions, SessionMaintenance maintenance, DemoClock clock, int users)
{
    private const int AtOnce = 12;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FlushInterval = TimeSpan.FromHours(1);

    private readonly Dictionary<DemoSignIn, SessionId> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();

    /// <summary>Whether it was there before.</summary>
    public async Task<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        var page = await sessions.ListAsync(
            SessionLocator.PartitionOf(DemoStory.UserId(0)), SessionListState.All, pageSize: 1, continuation: null, ReadConsistency.Strong, cancellationToken);
        return page.Sessions.Count > 0;
    }

    /// <summary>Writes everything.</summary>
    /// <returns>The number of sessions.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var story = DemoStory.Tell(now, users);
        var steps = story.Select(it => new Step(it.At, IsSignIn: true, token => SignInAsync(it, token)))
            .Concat(story.Where(it => it.EndsAt is null).Select(it => new Step(it.SeenAt, IsSignIn: false, token => TouchAsync(it, token))))
            .Concat(story.Where(it => it.EndsAt is not null).Select(it => new Step(it.EndsAt!.Value, IsSignIn: false, token => EndAsync(it, token))))
            .OrderBy(step => step.At)
            .GroupBy(step => step.At.Ticks / Interval.Ticks);
        var flushedAt = DateTimeOffset.MinValue;
        foreach (var group in steps)
        {
            // What happens in the same quarter of an hour happens at once, sign-ins first.
            clock.Set(group.Max(step => step.At));
            await EachAsync(group.Where(step => step.IsSignIn), cancellationToken);
            await EachAsync(group.Where(step => !step.IsSignIn), cancellationToken);
            if (clock.GetUtcNow() - flushedAt > FlushInterval)
            {
                flushedAt = clock.GetUtcNow();
                await maintenance.FlushLiveCountAsync(cancellationToken);
            }
        }

        clock.Set(now);
        await maintenance.FlushLiveCountAsync(cancellationToken);
        while (!(await maintenance.PurgeAsync(RunStart.ByHand, cancellationToken)).IsFinished)
        {
            // The next call continues.
        }

        await maintenance.FlushLiveCountAsync(cancellationToken);
        while (!(await maintenance.RebuildAsync(RunStart.ByHand, cancellationToken)).IsFinished)
        {
            // The next call continues.
        }

        return story.Count;
    }

    private static Task EachAsync(IEnumerable<Step> steps, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        steps,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (step, token) => await step.Do(token));

    private async Task SignInAsync(DemoSignIn signIn, CancellationToken cancellationToken)
    {
        var created = await sessions.CreateAsync(
            new NewSession
            {
                UserId = signIn.UserId,
                Client = signIn.Client,
                Device = new SessionDevice(Label: null, signIn.UserAgent, signIn.Address),
                AssuranceLevel = signIn.Level,
                AuthenticationMethods = signIn.Methods,
                IsPersistent = signIn.IsPersistent,
            },
            key: null,
            cancellationToken);
        lock (_gate)
        {
            _ids[signIn] = created.Session.Live!.Id;
        }
    }

    private async Task TouchAsync(DemoSignIn signIn, CancellationToken cancellationToken)
    {
        if (IdOf(signIn) is { } id && await sessions.FindAsync(id, ReadConsistency.Strong, cancellationToken) is { Live: not null } reading)
        {
            await sessions.TouchAsync(reading, signIn.Address, cancellationToken);
        }
    }

    private async Task EndAsync(DemoSignIn signIn, CancellationToken cancellationToken)
    {
        if (IdOf(signIn) is { } id)
        {
            await sessions.RevokeAsync(id, signIn.Reason, cancellationToken);
        }
    }

    private SessionId? IdOf(DemoSignIn signIn)
    {
        lock (_gate)
        {
            return _ids.TryGetValue(signIn, out var id) ? id : null;
        }
    }

    private sealed record Step(DateTimeOffset At, bool IsSignIn, Func<CancellationToken, Task> Do);
}
