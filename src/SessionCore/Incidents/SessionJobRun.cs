using System.Buffers;
using System.Collections.Concurrent;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Work of one job on its ranges: finds the sessions that fit, and ends them or lists them.</summary>
/// <remarks>
/// Each end has an operation id that names the job. So a holder that continues behind a saved checkpoint recognises what the one before
/// has ended since, counts it once, and puts its tombstones again.
/// </remarks>
internal sealed class SessionJobRun(JobRow job, JobServices services) : IMaintenanceJob
{
    /// <summary>How many sessions of a count are kept as a sample of each range.</summary>
    private const int SampleOfCount = 5;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(2);

    private readonly SessionFilter _filter = job.Request.Filter;
    private readonly bool _isEnding = job.Request is { Kind: JobKind.Revoke, DryRun: false };
    private readonly bool _isCounting = job.Request.Kind is JobKind.Count;

    public static string NameOf(JobId id) => "job-" + id.Key;

    public string Name => NameOf(job.Id);

    public string Kind => "sessions";

    public int Ranges => services.Options.RebuildRanges;

    public TimeSpan Interval => TimeSpan.MaxValue;

    // However long ago it was begun, it is continued.
    public TimeSpan JoinWindow => TimeSpan.MaxValue;

    public ValueTask<bool> HasWorkAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<RangeEnd> WorkAsync(MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken)
    {
        // The ends are the operator's who asked, on whichever instance.
        EventActor.Begin(new EventActor(job.Request.CallerId));

        // Only a range that had a holder before can have ends that are in no count.
        var isResumed = _isEnding && lease.Fence > 1;

        // A revocation without conditions on content reads none: the answer on an ended session has none.
        var withContent = _filter.NeedsContent || !_isEnding;
        var savedAt = window.Elapsed;
        await foreach (var page in services.Pages.ReadAsync(range, lease.Checkpoint, _filter.Users, isResumed, withContent, cancellationToken))
        {
            if (window.IsSpent || await services.IsStoppedAsync(job.Id, cancellationToken))
            {
                return RangeEnd.OutOfTime;
            }

            if (!await lease.KeepAsync(cancellationToken))
            {
                return RangeEnd.Lost;
            }

            // A page that is not worked through is worked on again, so nothing of it counts before its end.
            var tally = new MaintenanceTally();
            var lines = await WorkAsync(page, tally, cancellationToken);
            var first = lease.Tally[MaintenanceCount.ResultRows];
            tally.Add(MaintenanceCount.ResultRows, await services.Results.WriteAsync(job.Id, range.Index, first, Kept(lines, first), cancellationToken));
            lease.Tally.Add(tally);
            lease.Checkpoint = page.Checkpoint;

            // Rows of the result count from their checkpoint on, and operators watch the progress.
            if (lines.Count > 0 || window.Elapsed - savedAt > SaveInterval)
            {
                savedAt = window.Elapsed;
                if (!await lease.SaveAsync(cancellationToken))
                {
                    return RangeEnd.Lost;
                }
            }
        }

        return RangeEnd.Through;
    }

    private IReadOnlyList<byte[]> Kept(IReadOnlyList<byte[]> lines, long rows)
    {
        if (!_isCounting)
        {
            return lines;
        }

        return rows > 0 ? [] : [.. lines.Take(SampleOfCount)];
    }

    private async ValueTask<IReadOnlyList<byte[]>> WorkAsync(JobPage page, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var revoked = await services.Epoch.GetAsync(certain: false, cancellationToken);
        var lines = new List<byte[]>();
        var chosen = new List<SessionLocator>();
        foreach (var row in page.Rows)
        {
            tally.Add(MaintenanceCount.Rows);
            if (await services.Genuine.ReadSessionAsync(row, cancellationToken) is not { } session)
            {
                continue;
            }

            if (_isEnding)
            {
                if (IsOurEnd(session) || Fits(session, revoked, out _))
                {
                    chosen.Add(session.Locator);
                }
            }
            else if (Fits(session, revoked, out var body))
            {
                lines.Add(LineOf(session, body));
                tally.Add(MaintenanceCount.Matched);
            }
        }

        if (chosen.Count > 0)
        {
            lines.AddRange(await EndAsync(chosen, revoked, tally, cancellationToken));
        }

        return lines;
    }

    private async ValueTask<IReadOnlyList<byte[]>> EndAsync(
        IReadOnlyList<SessionLocator> chosen, RevokedBefore revoked, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var ended = new ConcurrentDictionary<SessionLocator, byte[]>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = services.Options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chosen, parallel, async (locator, token) =>
        {
            if (await services.Revocation.RevokeIfAsync(locator, session => IsOurEnd(session) || Fits(session, revoked, out _), NewEnd, token) is { } end)
            {
                var output = new ArrayBufferWriter<byte>();
                end.WriteTo(output);
                ended[locator] = output.WrittenSpan.ToArray();
            }
        });
        tally.Add(MaintenanceCount.Matched, ended.Count);
        tally.Add(MaintenanceCount.Ended, ended.Count);
        return [.. chosen.Where(ended.ContainsKey).Select(locator => ended[locator])];
    }

    private SessionEnd NewEnd() => new(job.Request.Reason ?? EndReasons.Revoked) { Operation = Name + OperationId.New() };

    private bool IsOurEnd(Session session) => session.IsEnded && session.Operation.StartsWith(Name, StringComparison.Ordinal);

    private bool Fits(Session session, RevokedBefore revoked, out SessionBody? body)
    {
        body = null;
        if (session.EndAt(services.Time.GetUtcNow(), revoked) is not null || session.CreatedAt >= job.Id.CreatedAt || !_filter.FitsOutline(session))
        {
            return false;
        }

        if (!_filter.NeedsContent && _isEnding)
        {
            return true;
        }

        body = services.Table.Open(session);
        return body is not null && _filter.FitsContent(body);
    }

    private byte[] LineOf(Session session, SessionBody? body)
    {
        var now = services.Time.GetUtcNow();
        var output = new ArrayBufferWriter<byte>();
        LiveSession.From(session, body!, now).WriteTo(output, SessionView.ServiceListItem, now); // it was opened to see whether it fits
        return output.WrittenSpan.ToArray();
    }
}

/// <summary>What the work of a job needs.</summary>
internal sealed record JobServices(
    SessionTables Tables,
    JobPages Pages,
    JobResults Results,
    GenuineRows Genuine,
    SessionTable Table,
    RevocationEpoch Epoch,
    SessionRevocation Revocation,
    MaintenanceOptions Options,
    TimeProvider Time)
{
    /// <summary>Whether a job is not to be worked on any more.</summary>
    public async ValueTask<bool> IsStoppedAsync(JobId id, CancellationToken cancellationToken) =>
        await Tables.Sessions.FindAsync(JobRow.PartitionKey, id.Key, cancellationToken) is not { } row || JobRow.StateOf(row) is not JobState.Running;
}
