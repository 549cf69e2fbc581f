using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Verification of all audit chains: those of the users, of the deployment and of the operators.</summary>
internal sealed partial class AuditVerification(
    AuditCheck check, SessionTables tables, IOptions<MaintenanceOptions> options, ILogger<AuditVerification> logger) : IMaintenanceJob
{
    private const string AfterHeads = "d";

    private static readonly IReadOnlyList<string> KeysOnly = AuditHead.Outline;
    private static readonly string[] OfTheDeployment = [DeploymentRow.PartitionKey, AuditChain.OfOperators];

    private readonly ITable _sessions = tables.Sessions;

    public string Name => "verify-audit";

    public int Ranges => options.Value.RebuildRanges;

    public TimeSpan Interval => options.Value.RebuildInterval;

    public TimeSpan JoinWindow => options.Value.RebuildInterval;

    public ValueTask<bool> HasWorkAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<RangeEnd> WorkAsync(MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken)
    {
        if (range.Index == 0 && lease.Checkpoint is null)
        {
            await CheckAsync(OfTheDeployment, lease.Tally, cancellationToken);
        }

        // The space is the lowest character that a key can continue with, so this is directly after the checkpoint.
        var query = new TableQuery
        {
            PartitionFrom = lease.Checkpoint is { } checkpoint ? checkpoint + " " : range.UsersFrom,
            PartitionTo = range.UsersTo,
            RowFrom = AuditRow.FirstKey,
            RowTo = AfterHeads,
            PageSize = TableRules.MaxPageRows,
            Select = KeysOnly,
        };
        do
        {
            if (window.IsSpent)
            {
                return RangeEnd.OutOfTime;
            }

            if (!await lease.KeepAsync(cancellationToken))
            {
                return RangeEnd.Lost;
            }

            var page = await _sessions.QueryAsync(query, cancellationToken);
            string[] partitions =
            [
                .. page.Rows.Where(row => AuditRow.Is(row) || AuditHead.Is(row.RowKey))
                    .Select(row => row.PartitionKey)
                    .Distinct(StringComparer.Ordinal)
                    .Where(key => key != lease.Checkpoint),
            ];
            if (partitions.Length > 0)
            {
                await CheckAsync(partitions, lease.Tally, cancellationToken);
                lease.Checkpoint = partitions[^1];
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return RangeEnd.Through;
    }

    /// <summary>Verifies the chain of one partition.</summary>
    public ValueTask<AuditReading> CheckAsync(string partitionKey, CancellationToken cancellationToken) => check.CheckAsync(partitionKey, cancellationToken);

    /// <summary>Adds what was found in the chain of a partition.</summary>
    public static void Add(string partitionKey, AuditReading reading, MaintenanceTally tally)
    {
        tally.Add(MaintenanceCount.AuditChains, reading.Chains);
        tally.Add(MaintenanceCount.AuditRecords, reading.Links);
        tally.Add(MaintenanceCount.AuditActions, partitionKey == AuditChain.OfOperators ? reading.Links : 0);
        foreach (var finding in reading.Findings)
        {
            tally.Add(CountOf(finding.Fault), finding.Count);
        }
    }

    private static MaintenanceCount CountOf(AuditFault fault) => fault switch
    {
        AuditFault.Altered => MaintenanceCount.AuditAltered,
        AuditFault.Missing => MaintenanceCount.AuditMissing,
        AuditFault.Apart => MaintenanceCount.AuditApart,
        _ => MaintenanceCount.AuditHeads,
    };

    private async ValueTask CheckAsync(string[] partitions, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var broken = new ConcurrentBag<(string Partition, AuditFinding Finding)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(partitions, parallel, async (partition, token) =>
        {
            var reading = await check.CheckAsync(partition, token);
            Add(partition, reading, tally);
            if (reading.Findings.Count > 0)
            {
                broken.Add((partition, reading.Findings[0]));
            }
        });
        foreach (var (partition, finding) in broken)
        {
            LogBroken(logger, partition, finding.Fault, finding.Number);
        }
    }

    [LoggerMessage(1921, LogLevel.Error, "The audit chain of the partition {Partition} does not verify: {Fault}, first at record {Number}. Something else than this service has written it, or a key is gone from Keys:Ring")]
    private static partial void LogBroken(ILogger logger, string partition, AuditFault fault, long number);
}
