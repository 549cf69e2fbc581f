using SessionCore.Tables;

namespace SessionCore.Tests.Tables;

public abstract partial class TableConformance
{
    [Fact]
    public async Task Rows_come_in_key_order_whatever_order_they_were_written_in()
    {
        foreach (var (partition, row) in ((string, string)[])[("b", "1"), ("a", "2"), ("B", "1"), ("a", "10"), ("a", "1"), ("a", "é"), ("a", "Z")])
        {
            await InsertAsync(new TableRow(partition, row));
        }

        Assert.Equal(["B 1", "a 1", "a 10", "a 2", "a Z", "a é", "b 1"], await KeysAsync(new TableQuery()));
    }

    [Fact]
    public async Task A_query_keeps_to_its_bounds()
    {
        foreach (var partition in (string[])["a", "b", "c"])
        {
            foreach (var row in (string[])["1", "2", "3"])
            {
                await InsertAsync(new TableRow(partition, row));
            }
        }

        Assert.Equal(["b 1", "b 2", "b 3"], await KeysAsync(new TableQuery { PartitionKey = "b" }));
        Assert.Equal(["b 2"], await KeysAsync(new TableQuery { PartitionKey = "b", RowFrom = "2", RowTo = "3" }));
        Assert.Equal(["b 2", "b 3"], await KeysAsync(new TableQuery { PartitionKey = "b", RowFrom = "2" }));
        Assert.Equal(["b 1"], await KeysAsync(new TableQuery { PartitionFrom = "b", PartitionTo = "c", RowTo = "2" }));
        Assert.Equal(["a 3", "b 3"], await KeysAsync(new TableQuery { PartitionTo = "c", RowFrom = "3" }));
        Assert.Equal(["c 1", "c 2", "c 3"], await KeysAsync(new TableQuery { PartitionFrom = "c" }));
        Assert.Empty(await KeysAsync(new TableQuery { PartitionKey = "d" }));
        Assert.Empty(await KeysAsync(new TableQuery { PartitionFrom = "b", PartitionTo = "b" }));
    }

    [Fact]
    public async Task A_condition_compares_text_and_cannot_be_broken_out_of()
    {
        await InsertAsync(new TableRow("p", "1").Set("Name", "O'Hara & Söhne 100% +"));
        await InsertAsync(new TableRow("p", "2").Set("Name", "other"));
        await InsertAsync(new TableRow("p", "3").Set("Number", 5));

        Assert.Equal(["p 1"], await KeysAsync(new TableQuery { PartitionKey = "p", WhereName = "Name", WhereValue = "O'Hara & Söhne 100% +" }));
        Assert.Empty(await KeysAsync(new TableQuery { PartitionKey = "p", WhereName = "Name", WhereValue = "x' or RowKey ge '" }));
        Assert.Empty(await KeysAsync(new TableQuery { PartitionKey = "p", WhereName = "Name", WhereValue = "OTHER" }));
        Assert.Empty(await KeysAsync(new TableQuery { PartitionKey = "' or PartitionKey ge '" }));
        Assert.Equal(["p 2"], await KeysAsync(new TableQuery { WhereName = "Name", WhereValue = "other", RowFrom = "2" }));
    }

    [Fact]
    public async Task A_query_reads_the_properties_it_asks_for_and_always_keys_and_tag()
    {
        var etag = await InsertAsync(new TableRow("p", "r").Set("A", 1L).Set("B", new byte[] { 1 }).Set("C", "c"));

        var row = Assert.Single(await RowsAsync(new TableQuery { PartitionKey = "p", Select = ["B", "Missing"] }));
        Assert.Equal(("p", "r", etag), (row.PartitionKey, row.RowKey, row.ETag));
        Assert.Equal("B", Assert.Single(row.Properties).Key);
        Assert.Equal([1], row.GetBinary("B"));

        row = Assert.Single(await RowsAsync(new TableQuery { PartitionKey = "p", Select = [] }));
        Assert.Equal(("r", etag, 0), (row.RowKey, row.ETag, row.Properties.Count));
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended_and_miss_nothing()
    {
        var keys = new List<string>();
        foreach (var partition in (string[])["a'ä", "b c", "c%2"])
        {
            foreach (var row in (string[])["1'2", "2 %27", "3😀", "4&=+"])
            {
                await InsertAsync(new TableRow(partition, row));
                keys.Add($"{partition} {row}");
            }
        }

        foreach (var size in (int[])[1, 3, 5, 12, 1000])
        {
            Assert.Equal(keys, await KeysAsync(new TableQuery { PageSize = size }));
        }

        Assert.Equal(
            ["a'ä 2 %27", "a'ä 3😀", "b c 2 %27", "b c 3😀", "c%2 2 %27", "c%2 3😀"],
            await KeysAsync(new TableQuery { PageSize = 1, RowFrom = "2", RowTo = "4" }));
    }

    [Fact]
    public async Task A_full_last_page_is_the_last_page_or_is_followed_by_an_empty_one()
    {
        await InsertAsync(new TableRow("p", "1"));
        await InsertAsync(new TableRow("p", "2"));

        Assert.Equal(["p 1", "p 2"], await KeysAsync(new TableQuery { PageSize = 2 }));
    }

    [Fact]
    public async Task A_page_goes_on_after_rows_have_come_and_gone()
    {
        for (var i = 1; i <= 4; i++)
        {
            await InsertAsync(new TableRow("p", $"{i}0"));
        }

        var first = await FirstRowsAsync(new TableQuery { PageSize = 2 });
        var third = await Table.FindAsync("p", "30", CancellationToken.None);
        await WriteAsync(TableWrite.Delete("p", "30", third?.ETag ?? string.Empty));
        await InsertAsync(new TableRow("p", "35"));
        await InsertAsync(new TableRow("p", "05"));

        Assert.Equal(["10", "20"], first.Rows.Select(row => row.RowKey));
        Assert.Equal(["p 35", "p 40"], await KeysAsync(new TableQuery { PageSize = 2, Continuation = first.Continuation }));
    }

    [Fact]
    public async Task A_query_that_makes_no_sense_is_refused()
    {
        TableQuery[] wrong =
        [
            new() { PartitionKey = "p", PartitionFrom = "a" },
            new() { PartitionKey = "p", PartitionTo = "q" },
            new() { PageSize = 0 },
            new() { PageSize = 1001 },
            new() { WhereName = "Name" },
            new() { WhereValue = "x" },
            new() { WhereName = "Name eq 'x' or A", WhereValue = "x" },
            new() { Select = ["A,B"] },
            new() { RowFrom = "\uD800" },
            new() { Continuation = "not made here!" },
        ];
        foreach (var query in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await Table.QueryAsync(query, CancellationToken.None));
        }
    }

    private async Task<IReadOnlyList<TableRow>> RowsAsync(TableQuery query)
    {
        var rows = new List<TableRow>();
        TablePage page;
        do
        {
            page = await Table.QueryAsync(query, CancellationToken.None);
            Assert.True(page.Rows.Count <= (query.PageSize ?? 1000));
            rows.AddRange(page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (page.Continuation is not null);
        return rows;
    }

    private async Task<IEnumerable<string>> KeysAsync(TableQuery query) =>
        (await RowsAsync(query)).Select(row => $"{row.PartitionKey} {row.RowKey}");

    private async Task<TablePage> FirstRowsAsync(TableQuery query)
    {
        var page = await Table.QueryAsync(query, CancellationToken.None);
        while (page.Rows.Count == 0 && page.Continuation is not null)
        {
            page = await Table.QueryAsync(query with { Continuation = page.Continuation }, CancellationToken.None);
        }

        return page;
    }
}
