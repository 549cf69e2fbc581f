using SessionCore.Maintenance;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Maintenance;

public sealed class MaintenanceLeaseTests
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_holder_that_goes_on_keeps_its_range_past_the_first_lease()
    {
        var store = new MaintenanceStore(new InMemoryTable("due"), _time, LeaseTime);
        var lease = await MaintenanceLease.TryTakeAsync(store, "test", 0, runId: 1, CancellationToken.None);
        _time.Advance(LeaseTime / 2);
        Assert.True(await lease!.KeepAsync(CancellationToken.None));

        _time.Advance(LeaseTime * 0.75);

        Assert.Null(await MaintenanceLease.TryTakeAsync(store, "test", 0, runId: 2, CancellationToken.None));
        Assert.True(await lease.KeepAsync(CancellationToken.None));
    }
}
