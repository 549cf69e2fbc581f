using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Tests.Events;

/// <summary>Whoever writes the table without a key cannot change, remove, move or add a record without being found.</summary>
public sealed class AuditTamperingTests
{
    private static readonly string AliceKey = SessionLocator.Hex(AuditFixture.Alice);
    private static readonly string BobKey = SessionLocator.Hex(AuditFixture.Bob);

    private readonly AuditFixture _audit = new();

    public static TheoryData<string> Properties => ["number", "event", "type", "at", "subject", "content", "before", "tag"];

    public static TheoryData<string> HeadProperties => ["count", "last", "first", "firstAt", "anchor", "tag"];

    [Fact]
    public async Task An_untouched_chain_verifies()
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);

        Assert.Equal(4, _audit.LinksOf(AuditFixture.Alice).Count);
        Assert.Empty(await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
        var report = await core.Maintenance.VerifyAuditAsync(RunStart.Demanded, AuditFixture.Never);
        Assert.True(report.IsFinished);
        Assert.Equal((2, 5), (report.Counts[MaintenanceCount.AuditChains], report.Counts[MaintenanceCount.AuditRecords]));
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task Each_changed_property_of_a_record_is_found(string property)
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var target = _audit.LinksOf(AuditFixture.Alice)[1].RowKey;

        _audit.Tamper(rows => rows.Select(row => IsAlices(row, target) ? AuditFixture.With(row, property, Other(row, property)) : row));

        Assert.Contains(AuditFault.Altered, await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
        var report = await core.Maintenance.VerifyAuditAsync(RunStart.Demanded, AuditFixture.Never);
        Assert.Equal(1, report.Counts[MaintenanceCount.AuditAltered]);
    }

    [Theory]
    [MemberData(nameof(HeadProperties))]
    public async Task Each_changed_property_of_a_head_is_found(string property)
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);

        _audit.Tamper(rows => rows.Select(row => IsAlices(row, AuditHead.RowKeyOf(AliceKey)) ? AuditFixture.With(row, property, Other(row, property)) : row));

        Assert.Contains(AuditFault.Head, await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_removed_record_is_found_wherever_it_stood(int index)
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var target = _audit.LinksOf(AuditFixture.Alice)[index];

        _audit.Tamper(rows => rows.Where(row => !IsAlices(row, target.RowKey)));

        var (_, findings) = await core.Maintenance.VerifyUserAuditAsync(AuditFixture.Alice, AuditFixture.Never);
        Assert.Equal([new AuditFinding(AuditFault.Missing, target.Number, 1)], findings);
    }

    [Fact]
    public async Task Two_records_that_changed_places_are_found()
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var (one, other) = (_audit.LinksOf(AuditFixture.Alice)[1].RowKey, _audit.LinksOf(AuditFixture.Alice)[2].RowKey);

        _audit.Tamper(rows => rows.Select(row => (row.PartitionKey == AliceKey ? row.RowKey : "") switch
        {
            var key when key == one => As(row, other),
            var key when key == other => As(row, one),
            _ => row,
        }));

        Assert.Contains(AuditFault.Altered, await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
    }

    [Fact]
    public async Task A_record_that_was_copied_to_another_user_is_found()
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var copied = _audit.LinksOf(AuditFixture.Alice)[2].RowKey;

        _audit.Tamper(rows => rows.Append(AuditFixture.Copy(rows.Single(row => IsAlices(row, copied)), BobKey, copied)));

        Assert.Empty(await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
        Assert.Equal([AuditFault.Altered], await AuditFixture.FaultsOfAsync(core, AuditFixture.Bob));
    }

    [Fact]
    public async Task Removing_the_newest_records_or_the_head_is_found()
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var newest = _audit.LinksOf(AuditFixture.Alice).Take(2).Select(link => link.RowKey).ToArray();
        var all = _audit.World.Sessions.Snapshot();

        _audit.Tamper(rows => rows.Where(row => !(row.PartitionKey == AliceKey && newest.Contains(row.RowKey))));
        Assert.Equal([AuditFault.Missing], await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));

        _audit.Tamper(_ => all.Where(row => !IsAlices(row, AuditHead.RowKeyOf(AliceKey))));
        Assert.Contains(AuditFault.Head, await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
    }

    [Fact]
    public async Task A_chain_that_lost_its_head_goes_on_and_still_tells_of_the_loss()
    {
        await using var core = _audit.Instance();
        var id = await AuditFixture.RecordAsync(core);
        _audit.Tamper(rows => rows.Where(row => !IsAlices(row, AuditHead.RowKeyOf(AliceKey))));

        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, AuditFixture.Never);
        await EventsFixture.DeliverAsync(core);

        Assert.Equal(5, _audit.LinksOf(AuditFixture.Alice)[0].Number);
        Assert.Equal([AuditFault.Apart], await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
    }

    [Fact]
    public async Task A_record_beside_the_chain_is_found_even_with_a_key()
    {
        await using var core = _audit.Instance();
        await AuditFixture.RecordAsync(core);
        var links = _audit.LinksOf(AuditFixture.Alice);
        var tags = core.Services.GetRequiredService<RowTags>();
        var forked = (links[1] with { Event = links[1].Event with { Id = "another" } }).Tagged(tags).Insertion().Row;

        _audit.Tamper(rows => rows.Select(row => IsAlices(row, forked.RowKey) ? AuditFixture.Copy(forked, AliceKey, forked.RowKey) : row));

        Assert.Equal([AuditFault.Apart], await AuditFixture.FaultsOfAsync(core, AuditFixture.Alice));
    }

    [Fact]
    public async Task The_chains_of_operators_and_of_the_deployment_are_verified_too()
    {
        await using var core = _audit.Instance();
        await core.Services.GetRequiredService<SessionCore.Operations.OperatorTrail>().RecordAsync("purge", "key:ops", details: null, AuditFixture.Never);
        await core.Sessions.RevokeBeforeAsync(_audit.World.Time.GetUtcNow(), AuditFixture.Never);
        await EventsFixture.DeliverAsync(core);
        var before = await core.Maintenance.VerifyAuditAsync(RunStart.Demanded, AuditFixture.Never);
        _audit.Tamper(rows => rows.Where(row => !AuditRow.Is(row)));
        var after = await core.Maintenance.VerifyAuditAsync(RunStart.Demanded, AuditFixture.Never);

        Assert.Equal((2, 0), (before.Counts[MaintenanceCount.AuditRecords], before.Counts[MaintenanceCount.AuditMissing]));
        Assert.Equal((0, 2), (after.Counts[MaintenanceCount.AuditRecords], after.Counts[MaintenanceCount.AuditMissing]));
    }

    // A record in the place of another one, with that one's number.
    private static TableRow As(TableRow row, string rowKey) => AuditFixture.Copy(row, AliceKey, rowKey, "number", AuditRow.NumberOf(rowKey));

    private static bool IsAlices(TableRow row, string rowKey) => row.PartitionKey == AliceKey && row.RowKey == rowKey;

    private static object Other(TableRow row, string property) => row.Properties.Single(pair => pair.Key == property).Value switch
    {
        string text => text + "x",
        byte[] { Length: 0 } => new byte[] { 1 },
        byte[] bytes => bytes.Select((value, i) => i == bytes.Length - 1 ? (byte)(value ^ 1) : value).ToArray(),
        DateTimeOffset time => time.AddSeconds(1),
        long number => number + 1,
        int number => (long)number + 1,
        var value => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No other value for {value}.")),
    };
}
