using SessionCore.Tables;

namespace SessionCore.Tests.Tables;

/// <summary>What every <see cref="ITable"/> does. Testing a new one means deriving a class.</summary>
public abstract partial class TableConformance : IAsyncLifetime
{
    // The form of the service's own tags, but of a time before there was a service.
    private const string OtherTag = "W/\"datetime'2001-01-01T00%3A00%3A00.0000000Z'\"";

    protected ITable Table { get; private set; } = null!; // set before each test

    public async Task InitializeAsync()
    {
        Table = await OpenAsync();
        await Table.EnsureExistsAsync(CancellationToken.None);
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_row_reads_back_as_it_was_written()
    {
        var time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(1234567);
        var row = new TableRow("p", "r")
            .Set("Text", "quote \" backslash \\ tick ' umlaut ü emoji 😀 zero \0 tab \t line \r\n end")
            .Set("Empty", string.Empty)
            .Set("Binary", new byte[] { 0, 1, 254, 255 })
            .Set("NoBytes", Array.Empty<byte>())
            .Set("Yes", true)
            .Set("No", false)
            .Set("Small", int.MinValue)
            .Set("Large", long.MaxValue)
            .Set("Negative", long.MinValue)
            .Set("Time", time)
            .Set("_LooksLikeATime", "2026-02-03T04:05:06Z")
            .Set("LooksLikeANumber", "12");

        var written = await WriteAsync(TableWrite.Insert(row));
        var read = await Table.FindAsync("p", "r", CancellationToken.None);

        Assert.NotNull(read);
        Assert.Equal(("p", "r", written.ETag), (read.PartitionKey, read.RowKey, read.ETag));
        AssertSameProperties(row, read);
    }

    [Theory]
    [InlineData(1601, 1, 1, 0)]
    [InlineData(2038, 1, 19, 9999999)]
    [InlineData(9998, 12, 31, 1)]
    public async Task Times_keep_every_100_nanoseconds(int year, int month, int day, int ticks)
    {
        var time = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks);
        await InsertAsync(new TableRow("p", "r").Set("Time", time));

        var read = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.Equal(time, read?.GetTime("Time"));
        Assert.Equal(TimeSpan.Zero, read?.GetTime("Time")?.Offset);
    }

    [Fact]
    public async Task What_is_not_there_reads_as_null()
    {
        await InsertAsync(new TableRow("p", "r"));

        Assert.Null(await Table.FindAsync("p", "other", CancellationToken.None));
        Assert.Null(await Table.FindAsync("other", "r", CancellationToken.None));
        Assert.Null(await Table.FindAsync("P", "R", CancellationToken.None));
        Assert.Null(await Table.FindAsync("p/q", "r", CancellationToken.None));
    }

    [Fact]
    public async Task A_row_kept_by_the_caller_shares_nothing_with_the_table()
    {
        var bytes = new byte[] { 1, 2, 3 };
        var row = new TableRow("p", "r").Set("Binary", bytes);
        await InsertAsync(row);
        bytes[0] = 9;
        row.Set("Late", "no");

        var read = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.Equal([1, 2, 3], read?.GetBinary("Binary"));
        read?.GetBinary("Binary")?.AsSpan().Clear();
        read = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.Equal([1, 2, 3], read?.GetBinary("Binary"));
        Assert.Null(read?.GetString("Late"));
    }

    [Fact]
    public async Task Creating_a_table_again_keeps_its_rows()
    {
        await InsertAsync(new TableRow("p", "r"));
        await Table.EnsureExistsAsync(CancellationToken.None);

        Assert.NotNull(await Table.FindAsync("p", "r", CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_table_is_unavailable_and_never_reads_as_empty()
    {
        var missing = await OpenMissingAsync();
        var row = new TableRow("p", "r");

        await AssertUnavailableAsync(async () => await missing.FindAsync("p", "r", CancellationToken.None));
        await AssertUnavailableAsync(async () => await missing.QueryAsync(new TableQuery(), CancellationToken.None));
        await AssertUnavailableAsync(async () => await missing.WriteAsync(TableWrite.Insert(row), CancellationToken.None));
        await AssertUnavailableAsync(async () => await missing.WriteAsync(TableWrite.Replace(row, OtherTag), CancellationToken.None));
        await AssertUnavailableAsync(async () => await missing.WriteAsync(TableWrite.Delete("p", "r", OtherTag), CancellationToken.None));
        await AssertUnavailableAsync(async () => await missing.WriteAllAsync([TableWrite.Insert(row)], CancellationToken.None));

        await missing.EnsureExistsAsync(CancellationToken.None);
        Assert.True((await missing.WriteAsync(TableWrite.Insert(row), CancellationToken.None)).IsWritten);
    }

    [Fact]
    public async Task A_cancelled_caller_gets_its_own_cancellation_and_changes_nothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var row = new TableRow("p", "r");

        await AssertCancelledAsync(async () => await Table.FindAsync("p", "r", source.Token), source.Token);
        await AssertCancelledAsync(async () => await Table.FindAsync("p/", "r", source.Token), source.Token);
        await AssertCancelledAsync(async () => await Table.QueryAsync(new TableQuery(), source.Token), source.Token);
        await AssertCancelledAsync(async () => await Table.WriteAsync(TableWrite.Insert(row), source.Token), source.Token);
        await AssertCancelledAsync(async () => await Table.WriteAllAsync([TableWrite.Insert(row)], source.Token), source.Token);
        await AssertCancelledAsync(() => Table.EnsureExistsAsync(source.Token), source.Token);
        Assert.Null(await Table.FindAsync("p", "r", CancellationToken.None));
    }

    /// <summary>Opens a table of its own; it need not exist yet.</summary>
    protected abstract Task<ITable> OpenAsync();

    /// <summary>Opens a table that does not exist.</summary>
    protected abstract Task<ITable> OpenMissingAsync();

    protected async Task<string> InsertAsync(TableRow row) =>
        (await WriteAsync(TableWrite.Insert(row))).ETag ?? throw new InvalidOperationException("An insert gives an entity tag.");

    protected async Task<TableWriteResult> WriteAsync(TableWrite write)
    {
        var result = await Table.WriteAsync(write, CancellationToken.None);
        Assert.Equal(new TableWriteResult(TableOutcome.Written, result.ETag), result);
        Assert.Equal(write.Kind is TableWriteKind.Delete, result.ETag is null);
        return result;
    }

    private static void AssertSameProperties(TableRow expected, TableRow actual)
    {
        Assert.Equal(
            expected.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)),
            actual.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)));
    }

    private static async Task AssertUnavailableAsync(Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(call);
        Assert.Contains("missing", e.Message, StringComparison.Ordinal);
    }

    private static async Task AssertCancelledAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        Assert.Equal(cancellationToken, e.CancellationToken);
    }
}
