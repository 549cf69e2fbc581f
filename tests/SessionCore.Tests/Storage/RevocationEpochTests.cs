using SessionCore.Storage;
using SessionCore.Tables;
using SessionTesting.Tables;
using SessionTesting.Time;

namespace SessionCore.Tests.Storage;

public sealed class RevocationEpochTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SessionTables _tables;
    private Func<Task>? _afterFind;

    public RevocationEpochTests() => _tables = new SessionTables(new InMemoryTable("sessions", AtTableAsync), new InMemoryTable("due"));

    [Fact]
    public async Task An_earlier_instant_changes_nothing()
    {
        var epoch = new RevocationEpoch(_tables, _time);
        var other = new RevocationEpoch(_tables, _time);
        var instant = _time.GetUtcNow();
        await epoch.SetAsync(instant, CancellationToken.None);

        await other.SetAsync(instant.AddHours(-1), CancellationToken.None);

        Assert.Equal(instant, await epoch.GetAsync(certain: true, CancellationToken.None));
        Assert.Equal(instant, await other.GetAsync(certain: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_read_that_a_later_instant_overtakes_does_not_take_it_back()
    {
        var epoch = new RevocationEpoch(_tables, _time);
        var instant = _time.GetUtcNow();
        _afterFind = () => epoch.SetAsync(instant, CancellationToken.None).AsTask();

        await epoch.GetAsync(certain: true, CancellationToken.None);

        Assert.Equal(instant, epoch.Known);
    }

    // Once: setting the instant reads the row too.
    private async ValueTask AtTableAsync(TableOperation operation)
    {
        if (operation is { Kind: TableOperationKind.Find, Moment: TableMoment.After } && _afterFind is { } act)
        {
            _afterFind = null;
            await act();
        }
    }
}
