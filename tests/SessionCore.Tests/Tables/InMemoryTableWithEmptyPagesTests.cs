using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Tables;

public sealed class InMemoryTableWithEmptyPagesTests : TableConformance
{
    [Fact]
    public async Task Every_page_of_rows_follows_an_empty_one()
    {
        await InsertAsync(new TableRow("p", "1"));
        await InsertAsync(new TableRow("p", "2"));
        var query = new TableQuery { PageSize = 1 };
        var sizes = new List<int>();
        do
        {
            var page = await Table.QueryAsync(query, CancellationToken.None);
            sizes.Add(page.Rows.Count);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        Assert.Equal([0, 1, 0, 1], sizes);
    }

    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(new InMemoryTable { EmptyPages = true });

    protected override Task<ITable> OpenMissingAsync() => Task.FromResult<ITable>(new InMemoryTable(exists: false));
}
