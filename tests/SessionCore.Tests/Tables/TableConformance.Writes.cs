using SessionCore.Tables;

namespace SessionCore.Tests.Tables;

public abstract partial class TableConformance
{
    [Fact]
    public async Task An_insert_over_a_row_changes_nothing()
    {
        var etag = await InsertAsync(new TableRow("p", "r").Set("Value", "first"));

        var second = await Table.WriteAsync(TableWrite.Insert(new TableRow("p", "r").Set("Value", "second")), CancellationToken.None);

        Assert.Equal(new TableWriteResult(TableOutcome.AlreadyExists, FailedIndex: 0), second);
        await AssertValueAsync("first", etag);
    }

    [Fact]
    public async Task A_replace_drops_what_it_does_not_name_and_a_merge_keeps_it()
    {
        var etag = await InsertAsync(new TableRow("p", "r").Set("Value", "first").Set("Kept", 1L).Set("Type", "text"));

        var merged = await WriteAsync(TableWrite.Merge(new TableRow("p", "r").Set("Value", "merged").Set("New", true).Set("Type", 7L), etag));
        var row = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.NotEqual(etag, merged.ETag);
        Assert.Equal(merged.ETag, row?.ETag);
        Assert.Equal(("merged", 1L, true, 7L), (row?.GetString("Value"), row?.GetInt64("Kept"), row?.GetBoolean("New"), row?.GetInt64("Type")));

        var replaced = await WriteAsync(TableWrite.Replace(new TableRow("p", "r").Set("Value", "replaced"), merged.ETag!)); // written, so it has a tag
        row = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.NotEqual(merged.ETag, replaced.ETag);
        Assert.Equal(replaced.ETag, row?.ETag);
        Assert.Equal("Value", Assert.Single(row?.Properties ?? []).Key);
    }

    [Fact]
    public async Task A_write_under_an_older_tag_changes_nothing()
    {
        var old = await InsertAsync(new TableRow("p", "r").Set("Value", "first"));
        var etag = (await WriteAsync(TableWrite.Replace(new TableRow("p", "r").Set("Value", "second"), old))).ETag!; // written, so it has a tag
        var conflict = new TableWriteResult(TableOutcome.Conflict, FailedIndex: 0);

        foreach (var tag in (string[])[old, OtherTag])
        {
            var row = new TableRow("p", "r").Set("Value", "lost");
            Assert.Equal(conflict, await Table.WriteAsync(TableWrite.Replace(row, tag), CancellationToken.None));
            Assert.Equal(conflict, await Table.WriteAsync(TableWrite.Merge(row, tag), CancellationToken.None));
            Assert.Equal(conflict, await Table.WriteAsync(TableWrite.Delete("p", "r", tag), CancellationToken.None));
        }

        await AssertValueAsync("second", etag);
    }

    [Fact]
    public async Task A_write_of_the_same_values_gives_a_new_tag()
    {
        var row = new TableRow("p", "r").Set("Value", "same");
        var tags = new HashSet<string?> { await InsertAsync(row) };
        for (var i = 0; i < 5; i++)
        {
            Assert.True(tags.Add((await WriteAsync(TableWrite.Replace(row, await TagAsync()))).ETag));
            Assert.True(tags.Add((await WriteAsync(TableWrite.Merge(row, await TagAsync()))).ETag));
        }
    }

    [Fact]
    public async Task A_deleted_row_is_gone_and_can_be_inserted_again_under_a_new_tag()
    {
        var etag = await InsertAsync(new TableRow("p", "r").Set("Value", "first"));
        await WriteAsync(TableWrite.Delete("p", "r", etag));
        Assert.Null(await Table.FindAsync("p", "r", CancellationToken.None));

        Assert.NotEqual(etag, await InsertAsync(new TableRow("p", "r").Set("Value", "second")));
        var late = await Table.WriteAsync(TableWrite.Delete("p", "r", etag), CancellationToken.None);
        Assert.Equal(TableOutcome.Conflict, late.Outcome);
    }

    [Fact]
    public async Task A_write_to_a_row_that_is_not_there_says_so()
    {
        var notFound = new TableWriteResult(TableOutcome.NotFound, FailedIndex: 0);
        var row = new TableRow("p", "r").Set("Value", "x");

        Assert.Equal(notFound, await Table.WriteAsync(TableWrite.Replace(row, OtherTag), CancellationToken.None));
        Assert.Equal(notFound, await Table.WriteAsync(TableWrite.Merge(row, OtherTag), CancellationToken.None));
        Assert.Equal(notFound, await Table.WriteAsync(TableWrite.Delete("p", "r", OtherTag), CancellationToken.None));
        Assert.Null(await Table.FindAsync("p", "r", CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_writers_under_one_tag_one_wins()
    {
        var etag = await InsertAsync(new TableRow("p", "r").Set("Value", "start"));
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            i => Table.WriteAsync(TableWrite.Merge(new TableRow("p", "r").Set("Winner", i), etag), CancellationToken.None).AsTask()));

        var winner = Assert.Single(Enumerable.Range(0, 16), i => results[i].IsWritten);
        Assert.Equal(15, results.Count(result => result.Outcome is TableOutcome.Conflict));
        Assert.Equal(winner, (await Table.FindAsync("p", "r", CancellationToken.None))?.GetInt64("Winner"));
    }

    [Fact]
    public async Task Of_many_inserts_of_one_row_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            i => Table.WriteAsync(TableWrite.Insert(new TableRow("p", "r").Set("Winner", i)), CancellationToken.None).AsTask()));

        var winner = Assert.Single(Enumerable.Range(0, 16), i => results[i].IsWritten);
        Assert.Equal(15, results.Count(result => result.Outcome is TableOutcome.AlreadyExists));
        Assert.Equal(winner, (await Table.FindAsync("p", "r", CancellationToken.None))?.GetInt64("Winner"));
    }

    private async Task<string> TagAsync() =>
        (await Table.FindAsync("p", "r", CancellationToken.None))?.ETag ?? throw new InvalidOperationException("A row that was read has a tag.");

    private async Task AssertValueAsync(string value, string etag)
    {
        var row = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.Equal((value, etag), (row?.GetString("Value"), row?.ETag));
    }
}
