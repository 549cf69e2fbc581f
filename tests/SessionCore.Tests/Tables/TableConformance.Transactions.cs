using System.Globalization;
using SessionCore.Tables;

namespace SessionCore.Tests.Tables;

public abstract partial class TableConformance
{
    [Fact]
    public async Task A_transaction_applies_all_its_writes_and_gives_their_tags()
    {
        var replaced = await InsertAsync(new TableRow("p", "replaced").Set("Value", "old").Set("Gone", 1));
        var merged = await InsertAsync(new TableRow("p", "merged").Set("Value", "old").Set("Kept", 1));
        var deleted = await InsertAsync(new TableRow("p", "deleted"));

        var result = await Table.WriteAllAsync(
            [
                TableWrite.Insert(new TableRow("p", "inserted").Set("Value", "new 😀").Set("Binary", new byte[] { 1 }).Set("Long", 1L)),
                TableWrite.Replace(new TableRow("p", "replaced").Set("Value", "new"), replaced),
                TableWrite.Delete("p", "deleted", deleted),
                TableWrite.Merge(new TableRow("p", "merged").Set("Value", "new"), merged),
            ],
            CancellationToken.None);

        Assert.Equal((TableOutcome.Written, -1, false), (result.Outcome, result.FailedIndex, result.Uncertain));
        var rows = await RowsAsync(new TableQuery { PartitionKey = "p" });
        Assert.Equal(["inserted", "merged", "replaced"], rows.Select(row => row.RowKey));
        Assert.Equal(["new 😀", "new", "new"], rows.Select(row => row.GetString("Value")));
        Assert.Equal((1L, null), (rows[1].GetInt64("Kept"), rows[2].GetInt64("Gone")));
        Assert.Equal([rows[0].ETag, rows[2].ETag, null, rows[1].ETag], result.ETags);
        Assert.Equal(rows[1].ETag, result.ETag);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_transaction_that_fails_anywhere_changes_nothing_and_says_where(int failing)
    {
        var etag = await InsertAsync(new TableRow("p", "r").Set("Value", "first"));
        await InsertAsync(new TableRow("p", "taken"));
        foreach (var (write, outcome) in ((TableWrite, TableOutcome)[])
            [
                (TableWrite.Insert(new TableRow("p", "taken")), TableOutcome.AlreadyExists),
                (TableWrite.Replace(new TableRow("p", "taken"), OtherTag), TableOutcome.Conflict),
                (TableWrite.Delete("p", "taken", OtherTag), TableOutcome.Conflict),
                (TableWrite.Merge(new TableRow("p", "absent"), OtherTag), TableOutcome.NotFound),
            ])
        {
            var writes = new List<TableWrite>
            {
                TableWrite.Insert(new TableRow("p", "a")),
                TableWrite.Replace(new TableRow("p", "r").Set("Value", "second"), etag),
                TableWrite.Insert(new TableRow("p", "b")),
                TableWrite.Insert(new TableRow("p", "c")),
            };
            writes.Insert(failing, write);
            var result = await Table.WriteAllAsync(writes, CancellationToken.None);

            Assert.Equal(new TableWriteResult(outcome, FailedIndex: failing), result);
            var rows = await RowsAsync(new TableQuery { PartitionKey = "p" });
            Assert.Equal(["r", "taken"], rows.Select(row => row.RowKey));
            await AssertValueAsync("first", etag);
        }
    }

    [Fact]
    public async Task A_transaction_of_one_write_works_as_well()
    {
        var written = await Table.WriteAllAsync([TableWrite.Insert(new TableRow("p", "r").Set("Value", "x"))], CancellationToken.None);
        await AssertValueAsync("x", Assert.Single(written.ETags ?? [])!); // inserted, so it has a tag

        var again = await Table.WriteAllAsync([TableWrite.Insert(new TableRow("p", "r"))], CancellationToken.None);
        Assert.Equal(new TableWriteResult(TableOutcome.AlreadyExists, FailedIndex: 0), again);
    }

    [Fact]
    public async Task A_transaction_takes_a_hundred_rows()
    {
        var writes = Enumerable.Range(0, 100)
            .Select(i => TableWrite.Insert(new TableRow("p", Name(i)).Set("Number", i))).ToList();
        var written = await Table.WriteAllAsync(writes, CancellationToken.None);
        Assert.True(written.IsWritten);
        Assert.Equal(100, written.ETags?.Count);

        var deletes = writes.Select((write, i) => TableWrite.Delete("p", write.Row.RowKey, written.ETags?[i] ?? string.Empty)).ToList();
        Assert.True((await Table.WriteAllAsync(deletes, CancellationToken.None)).IsWritten);
        Assert.Empty(await RowsAsync(new TableQuery()));

        static string Name(int i) => i.ToString("000", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_transaction_that_no_store_takes_is_refused_before_it_is_sent()
    {
        TableWrite[][] wrong =
        [
            [],
            [.. Enumerable.Range(0, 101).Select(i => TableWrite.Insert(new TableRow("p", i.ToString(CultureInfo.InvariantCulture))))],
            [TableWrite.Insert(new TableRow("p", "a")), TableWrite.Insert(new TableRow("q", "b"))],
            [TableWrite.Insert(new TableRow("p", "a")), TableWrite.Delete("p", "a", OtherTag)],
            [TableWrite.Insert(new TableRow("p", "a")), TableWrite.Insert(new TableRow("p", "b/"))],
            [.. Enumerable.Range(0, 49).Select(i => TableWrite.Insert(
                new TableRow("p", i.ToString(CultureInfo.InvariantCulture)).Set("Binary", new byte[64 * 1024])))],
        ];
        foreach (var writes in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await Table.WriteAllAsync(writes, CancellationToken.None));
        }

        Assert.Empty(await RowsAsync(new TableQuery()));
    }

    [Fact]
    public async Task A_transaction_takes_almost_4_MiB()
    {
        var writes = Enumerable.Range(0, 47).Select(i => TableWrite.Insert(
            new TableRow("p", i.ToString(CultureInfo.InvariantCulture)).Set("Binary", new byte[64 * 1024]))).ToList();

        Assert.True((await Table.WriteAllAsync(writes, CancellationToken.None)).IsWritten);
    }
}
