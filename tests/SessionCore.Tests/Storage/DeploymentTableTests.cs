using Microsoft.Extensions.DependencyInjection;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Storage;

/// <summary>The revoke-before instant only moves forward: whoever writes the row at the same time, and whatever becomes of the row.</summary>
public sealed class DeploymentTableTests
{
    private static readonly KeyOptions One = KeyRing.Random()[0];
    private static readonly KeyOptions Two = Newer();

    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryTable _table;
    private readonly SessionTables _tables;
    private Func<TableOperation, ValueTask>? _atTable;

    public DeploymentTableTests()
    {
        _table = new InMemoryTable("sessions", operation => _atTable?.Invoke(operation) ?? ValueTask.CompletedTask);
        _tables = new SessionTables(_table, new InMemoryTable("sessiondue"));
    }

    private static CancellationToken Never => CancellationToken.None;

    private DateTimeOffset Now => _time.GetUtcNow();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task The_later_of_two_instants_set_at_once_stands_whoever_is_first(int first, int second)
    {
        await using var instance = Instance(One);
        await using var other = Instance(One);
        await Deployment(instance).ReadAsync(Never);
        Once(IsWrite(TableMoment.Before), () => Deployment(other).RevokeAsync(RevokedBefore.Of(Now.AddSeconds(second)), client: null, Never));

        await Deployment(instance).RevokeAsync(RevokedBefore.Of(Now.AddSeconds(first)), client: null, Never);

        Assert.Equal(Now.AddSeconds(2), (await Deployment(other).ReadAsync(Never)).Revoked.Deployment);
        Assert.Equal(Now.AddSeconds(2), (await Deployment(instance).ReadAsync(Never)).Revoked.Deployment);
    }

    [Fact]
    public async Task An_instance_that_has_to_add_its_keys_moves_no_instant_back()
    {
        await using var instance = Instance(One);
        await using var rotated = Instance(Read(One), Two);
        await Deployment(instance).RevokeAsync(RevokedBefore.Of(Now.AddSeconds(2)), client: null, Never);

        await Deployment(rotated).RevokeAsync(RevokedBefore.Of(Now.AddSeconds(1)), client: null, Never);

        Assert.Equal(Now.AddSeconds(2), (await Deployment(instance).ReadAsync(Never)).Revoked.Deployment);
        Assert.Equal(Now.AddSeconds(2), Epoch(rotated).Known.Deployment);
    }

    [Fact]
    public async Task An_instant_that_is_set_while_the_keys_are_being_added_is_not_lost()
    {
        await using var instance = Instance(One);
        await using var rotated = Instance(Read(One), Two);
        await Deployment(instance).ReadAsync(Never);
        Once(IsWrite(TableMoment.Before), () => Deployment(instance).RevokeAsync(RevokedBefore.Of(Now.AddSeconds(1)), client: null, Never));

        await Deployment(rotated).ReadAsync(Never);

        Assert.Equal(Now.AddSeconds(1), Epoch(rotated).Known.Deployment);
        Assert.Equal(Now.AddSeconds(1), (await Deployment(instance).ReadAsync(Never)).Revoked.Deployment);
    }

    [Fact]
    public async Task A_reading_that_was_overtaken_does_not_take_the_instant_back()
    {
        await using var instance = Instance(One);
        var (_, token) = await instance.CreateAsync();
        await using var fresh = Instance(Read(One), Two);
        _time.Advance(TimeSpan.FromSeconds(1));

        // The first reading has written the keys and waits for the answer, while an operator sets an instant on the same instance.
        Once(IsWrite(TableMoment.After), () => Deployment(fresh).RevokeAsync(RevokedBefore.Of(Now), client: null, Never));
        await Deployment(fresh).ReadAsync(Never);

        Assert.Equal(Now, Epoch(fresh).Known.Deployment);
        Assert.False(await fresh.IsAcceptedAsync(token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instance_that_has_seen_the_instant_puts_it_back_and_one_that_starts_later_cannot_know(bool isDeleted)
    {
        await using var instance = Instance(One);
        var (_, token) = await instance.CreateAsync();
        var before = _table.Snapshot();
        _time.Advance(TimeSpan.FromSeconds(1));
        var instant = Now;
        await instance.Sessions.RevokeBeforeAsync(instant, Never);
        _table.Restore([.. _table.Snapshot().Where(row => !IsDeployment(row)), .. before.Where(row => IsDeployment(row) && !isDeleted)]);
        await using var fresh = Instance(One);
        Assert.True(await fresh.IsAcceptedAsync(token, ReadConsistency.Strong));

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));

        Assert.False(await fresh.IsAcceptedAsync(token, ReadConsistency.Strong));
        await using var third = Instance(One);
        Assert.Equal(instant, (await Deployment(third).ReadAsync(Never)).Revoked.Deployment);
    }

    private static DeploymentTable Deployment(CoreHarness instance) => instance.Services.GetRequiredService<DeploymentTable>();

    private static RevocationEpoch Epoch(CoreHarness instance) => instance.Services.GetRequiredService<RevocationEpoch>();

    private static bool IsDeployment(TableRow row) => row is { PartitionKey: DeploymentRow.PartitionKey, RowKey: DeploymentRow.RowKey };

    private static Func<TableOperation, bool> IsWrite(TableMoment moment) => operation =>
        operation.Kind is TableOperationKind.Write && operation.Moment == moment && IsDeployment(operation.Writes[0].Row);

    private static KeyOptions Newer()
    {
        var key = KeyRing.Random()[0];
        return new KeyOptions { Id = key.Id + 1, Key = key.Key, State = KeyState.Active };
    }

    private static KeyOptions Read(KeyOptions key) => new() { Id = key.Id, Key = key.Key, State = KeyState.Read };

    private void Once(Func<TableOperation, bool> at, Func<ValueTask> act) => _atTable = operation =>
    {
        if (!at(operation))
        {
            return ValueTask.CompletedTask;
        }

        _atTable = null;
        return act();
    };

    private CoreHarness Instance(params KeyOptions[] ring) => new(_tables, cache: null, _time, ring);
}
