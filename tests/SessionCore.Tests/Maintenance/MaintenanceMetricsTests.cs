using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>Names, units and tags are contract: dashboards and alerts read them.</summary>
public sealed class MaintenanceMetricsTests : MaintenanceFixture
{
    [Fact]
    public async Task Names_units_and_tags_are_as_dashboards_know_them()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        PlantOneOfEach();
        await using var instance = Instance(("Maintenance:PurgeRanges", "1"), ("Maintenance:RebuildRanges", "1"));
        using var listener = Listen(instance.Services.GetRequiredService<IMeterFactory>(), seen);
        Hook = operation => operation.PartitionKey == PartitionOf("busy") ? throw new StoreUnavailableException("busy") : ValueTask.CompletedTask;

        await instance.Maintenance.PurgeAsync(RunStart.Demanded, Never);
        Hook = null;
        await instance.Maintenance.RebuildAsync(RunStart.Demanded, Never);

        Assert.Equal(
            [
                "session.maintenance.quarantined {row}",
                "session.maintenance.run.duration s job=purge outcome=finished",
                "session.maintenance.run.duration s job=rebuild outcome=finished",
                "session.purge.backlog.age s",
                "session.purge.moved {entry}",
                "session.purge.purged {row} kind=record",
                "session.purge.purged {row} kind=session",
                "session.purge.purged {row} kind=tombstone",
                "session.purge.skipped {entry}",
                "session.rebuild.drift {item} kind=due",
                "session.rebuild.drift {item} kind=head",
            ],
            seen);
    }

    private static MeterListener Listen(IMeterFactory factory, SortedSet<string> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == MaintenanceMetrics.MeterName && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Record(instrument, tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Record(instrument, tags.ToArray()));
        listener.Start();
        return listener;

        void Record(Instrument instrument, KeyValuePair<string, object?>[] tags)
        {
            lock (seen)
            {
                seen.Add(string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}").Prepend($"{instrument.Name} {instrument.Unit}")));
            }
        }
    }

    private static string PartitionOf(string user) => SessionLocator.Hex(SessionLocator.PartitionOf(user));

    private void PlantOneOfEach()
    {
        Plant.Session("lapsed", Now);
        Plant.Session("ended", Now, endedAt: Now.AddDays(-31), dueAt: Now);
        Plant.Session("renewed", Now.AddHours(5), dueAt: Now);
        Plant.Session("busy", Now);
        Plant.Commit();
        var partition = PartitionOf("record");
        var record = IdempotencyClaims.Tagged(new TableRow(partition, "i_" + partition).Set("expires", Now.AddMinutes(-1)), Tags);
        var unreadable = new TableRow(PartitionOf("unreadable"), "s_" + partition).Set("state", "live");
        var unwatched = SessionRow.ToRow(Plant.Session("unwatched", Now.AddHours(5)), Tags);
        Sessions.Restore([.. Sessions.Snapshot(), record, unreadable, unwatched]);
        Due.Restore(
            [.. Due.Snapshot(), DueTable.Entry(record.PartitionKey, record.RowKey, Now), DueTable.Entry(unreadable.PartitionKey, unreadable.RowKey, Now)]);
        AdvancePastHourOf(Now);
    }
}
