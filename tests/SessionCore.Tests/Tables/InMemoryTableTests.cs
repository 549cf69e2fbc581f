using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Tables;

public sealed class InMemoryTableTests : TableConformance
{
    [Fact]
    public async Task A_hook_sees_both_moments_of_each_call_and_what_came_of_it()
    {
        var seen = new List<TableOperation>();
        var table = new InMemoryTable("t", operation =>
        {
            seen.Add(operation);
            return ValueTask.CompletedTask;
        });
        await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);
        await table.FindAsync("p", "r", CancellationToken.None);
        await table.WriteAllAsync([TableWrite.Insert(new TableRow("p", "r"))], CancellationToken.None);

        Assert.Equal(
            [
                (TableOperationKind.Write, TableMoment.Before, null, 0), (TableOperationKind.Write, TableMoment.After, TableOutcome.Written, 0),
                (TableOperationKind.Find, TableMoment.Before, null, 0), (TableOperationKind.Find, TableMoment.After, null, 1),
                (TableOperationKind.WriteAll, TableMoment.Before, null, 0), (TableOperationKind.WriteAll, TableMoment.After, TableOutcome.AlreadyExists, 0),
            ],
            seen.Select(o => (o.Kind, o.Moment, o.Result?.Outcome, o.RowsRead)));
    }

    [Theory]
    [InlineData(TableMoment.Before, 0)]
    [InlineData(TableMoment.After, 1)]
    public async Task A_hook_that_throws_loses_the_request_or_only_the_answer(TableMoment moment, int rows)
    {
        var table = new InMemoryTable(
            hook: operation => operation.Moment == moment ? throw new StoreUnavailableException("cut") : ValueTask.CompletedTask);

        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None));
        Assert.Equal(rows, table.Count);
    }

    [Fact]
    public async Task A_restored_snapshot_has_its_old_tags_and_later_writes_new_ones()
    {
        var table = new InMemoryTable();
        var first = await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r").Set("Value", "1")), CancellationToken.None);
        var snapshot = table.Snapshot();
        var second = await table.WriteAsync(TableWrite.Replace(new TableRow("p", "r"), first.ETag!), CancellationToken.None); // written, so it has a tag
        table.Restore(snapshot);

        var row = await table.FindAsync("p", "r", CancellationToken.None);
        Assert.Equal((first.ETag, "1"), (row?.ETag, row?.GetString("Value")));
        var third = await table.WriteAsync(TableWrite.Replace(new TableRow("p", "r"), first.ETag!), CancellationToken.None); // as above
        Assert.DoesNotContain(third.ETag, new[] { first.ETag, second.ETag });
    }

    [Fact]
    public async Task A_merge_that_makes_a_row_too_large_fails_as_at_the_service()
    {
        var table = new InMemoryTable();
        var row = new TableRow("p", "r");
        for (var i = 0; i < 15; i++)
        {
            row.Set($"Text{i}", new string('x', 32 * 1024));
        }

        var etag = (await table.WriteAsync(TableWrite.Insert(row), CancellationToken.None)).ETag!; // written, so it has a tag
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await table.WriteAsync(
            TableWrite.Merge(new TableRow("p", "r").Set("Last", new string('x', 32 * 1024)), etag), CancellationToken.None));
    }

    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(new InMemoryTable());

    protected override Task<ITable> OpenMissingAsync() => Task.FromResult<ITable>(new InMemoryTable(exists: false));
}
