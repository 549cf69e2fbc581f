using Microsoft.Extensions.DependencyInjection;
using SessionCore.Events;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;

namespace SessionCore.Tests.Events;

/// <summary>A world with the audit on, and a hand that writes its table without a key.</summary>
internal sealed class AuditFixture
{
    public static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");
    public static readonly UInt128 Bob = SessionLocator.PartitionOf("bob");

    public EventsFixture World { get; } = new();

    public static CancellationToken Never => CancellationToken.None;

    public CoreHarness Instance(params IReadOnlyList<IEventTarget> targets) =>
        World.Instance(isOn: true, new Dictionary<string, string?> { ["Audit:Enabled"] = "true" }, targets);

    /// <summary>Gives Alice and Bob a chain of some links each.</summary>
    public static async Task<SessionId> RecordAsync(CoreHarness core, int rotations = 3)
    {
        await core.CreateAsync("bob");
        var (id, _) = await core.CreateAsync();
        for (var i = 0; i < rotations; i++)
        {
            await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        }

        await EventsFixture.DeliverAsync(core);
        return id;
    }

    /// <summary>The links of a user, newest first.</summary>
    public IReadOnlyList<AuditRow> LinksOf(UInt128 partition) => LinksOf(SessionLocator.Hex(partition));

    public IReadOnlyList<AuditRow> LinksOf(string partitionKey) =>
        [.. World.Sessions.Snapshot().Where(row => row.PartitionKey == partitionKey).Select(AuditRow.Read).OfType<AuditRow>()];

    public static async Task<IReadOnlyList<AuditFault>> FaultsOfAsync(CoreHarness core, UInt128 partition)
    {
        var (counts, findings) = await core.Maintenance.VerifyUserAuditAsync(partition, Never);
        Assert.Equal(findings.Where(finding => finding.Fault is AuditFault.Missing).Sum(finding => finding.Count), counts[MaintenanceCount.AuditMissing]);
        return [.. findings.Select(finding => finding.Fault).Distinct()];
    }

    public static async Task<TimelinePage> TimelineOfAsync(CoreHarness core, UInt128 partition, int pageSize = 100, string? continuation = null) =>
        await core.Services.GetRequiredService<Timeline>().ReadUserAsync(partition, pageSize, continuation, Never);

    /// <summary>Writes the table as somebody who has no key.</summary>
    public void Tamper(Func<IReadOnlyList<TableRow>, IEnumerable<TableRow>> change) => World.Sessions.Restore([.. change(World.Sessions.Snapshot())]);

    public static TableRow With(TableRow row, string name, object value) => Copy(row, row.PartitionKey, row.RowKey, name, value);

    public static TableRow Copy(TableRow row, string partitionKey, string rowKey, string? name = null, object? value = null)
    {
        var copy = new TableRow(partitionKey, rowKey, row.ETag + "x");
        foreach (var (key, was) in row.Properties)
        {
            copy.Set(key, key == name ? value : was);
        }

        return copy;
    }
}
