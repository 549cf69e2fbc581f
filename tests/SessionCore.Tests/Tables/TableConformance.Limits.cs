using SessionCore.Tables;

namespace SessionCore.Tests.Tables;

public abstract partial class TableConformance
{
    public static TheoryData<string> GoodKeys =>
    [
        "plain", "it's", "''", "100%", "%27", "%2F", "a b", " ", "a+b", "a&b=c", "a,b", "(x)", "a='b',c='d", "{json}", "\"quoted\"", "..", "ü", "日本", "😀",
        "~!@$^*_-`|<>;:[].", new string('k', 512),
    ];

    public static TheoryData<string> BadKeys =>
    [
        "a/b", "a\\b", "a#b", "a?b", "\0", "a\tb", "a\nb", "\u001f", "\u007f", "\u0085", "\u009f", "\ud800", "\udc00x", new string('k', 513),
    ];

    [Theory]
    [MemberData(nameof(GoodKeys))]
    public async Task A_key_of_any_allowed_characters_finds_its_row(string key)
    {
        var etag = await InsertAsync(new TableRow(key, "r").Set("Value", "1"));
        await InsertAsync(new TableRow("p", key));

        Assert.Equal(etag, (await Table.FindAsync(key, "r", CancellationToken.None))?.ETag);
        Assert.Equal(key, (await Table.FindAsync("p", key, CancellationToken.None))?.RowKey);
        Assert.Equal([$"{key} r"], await KeysAsync(new TableQuery { PartitionKey = key }));
        Assert.Equal([$"p {key}"], await KeysAsync(new TableQuery { PartitionKey = "p", RowFrom = key }));

        var merged = await WriteAsync(TableWrite.Merge(new TableRow(key, "r").Set("Other", "2"), etag));
        var replaced = await WriteAsync(TableWrite.Replace(new TableRow(key, "r").Set("Value", "3"), merged.ETag!)); // written, so it has a tag
        await WriteAsync(TableWrite.Delete(key, "r", replaced.ETag!)); // as above
        Assert.Null(await Table.FindAsync(key, "r", CancellationToken.None));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("100%")]
    [InlineData("%27 {json} POST")]
    [InlineData("日本 😀")]
    public async Task A_transaction_finds_rows_by_such_keys_as_well(string key)
    {
        var inserted = await Table.WriteAllAsync(
            [TableWrite.Insert(new TableRow(key, key).Set("Value", "1")), TableWrite.Insert(new TableRow(key, "r"))], CancellationToken.None);
        Assert.True(inserted.IsWritten);

        var changed = await Table.WriteAllAsync(
            [
                TableWrite.Merge(new TableRow(key, key).Set("Value", "2"), inserted.ETags?[0] ?? string.Empty),
                TableWrite.Delete(key, "r", inserted.ETags?[1] ?? string.Empty),
            ],
            CancellationToken.None);
        Assert.True(changed.IsWritten);
        Assert.Equal("2", (await Table.FindAsync(key, key, CancellationToken.None))?.GetString("Value"));
        Assert.Null(await Table.FindAsync(key, "r", CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(BadKeys), DisableDiscoveryEnumeration = true)]
    public async Task A_key_the_service_forbids_is_refused_and_never_found(string key)
    {
        foreach (var row in (TableRow[])[new(key, "r"), new("p", key)])
        {
            await AssertRefusedAsync(TableWrite.Insert(row));
            await AssertRefusedAsync(TableWrite.Replace(row, OtherTag));
            await AssertRefusedAsync(TableWrite.Merge(row, OtherTag));
            await AssertRefusedAsync(TableWrite.Delete(row.PartitionKey, row.RowKey, OtherTag));
            Assert.Null(await Table.FindAsync(row.PartitionKey, row.RowKey, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_property_takes_64_KiB_and_not_one_more()
    {
        var text = new string('x', 32 * 1024);
        var binary = new byte[64 * 1024];
        binary.AsSpan().Fill(0xAB);
        await InsertAsync(new TableRow("p", "r").Set("Text", text).Set("Binary", binary));

        var row = await Table.FindAsync("p", "r", CancellationToken.None);
        Assert.Equal(text, row?.GetString("Text"));
        Assert.Equal(binary, row?.GetBinary("Binary"));
        await AssertRefusedAsync(TableWrite.Insert(new TableRow("p", "t").Set("Text", text + "x")));
        await AssertRefusedAsync(TableWrite.Insert(new TableRow("p", "b").Set("Binary", new byte[(64 * 1024) + 1])));
    }

    [Fact]
    public async Task A_row_takes_1_MiB_and_252_properties_and_not_more()
    {
        var large = new TableRow("p", "r");
        for (var i = 0; i < 16; i++)
        {
            large.Set($"Text{i}", new string('x', 32 * 1024));
        }

        await AssertRefusedAsync(TableWrite.Insert(large));

        var many = new TableRow("p", "r");
        for (var i = 0; i < 252; i++)
        {
            many.Set($"P{i}", i);
        }

        await InsertAsync(many);
        Assert.Equal(252, (await Table.FindAsync("p", "r", CancellationToken.None))?.Properties.Count);
        await AssertRefusedAsync(TableWrite.Insert(many.Set("OneMore", 1)));
    }

    [Fact]
    public async Task What_would_not_come_back_unchanged_is_refused()
    {
        object[] values =
        [
            "half a pair \ud800",
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)),
            new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero),
        ];
        foreach (var value in values)
        {
            await AssertRefusedAsync(TableWrite.Insert(new TableRow("p", "r").Set("Value", value)));
        }

        foreach (var name in (string[])["", "1st", "a b", "a.b", "a@odata.type", "RowKey", "Timestamp", "ü", new string('n', 256)])
        {
            await AssertRefusedAsync(TableWrite.Insert(new TableRow("p", "r").Set(name, "x")));
        }

        await AssertRefusedAsync(TableWrite.Delete("p", "r", "W/\"1\"\r\nX: y"));
    }

    private async Task AssertRefusedAsync(TableWrite write) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Table.WriteAsync(write, CancellationToken.None));
}
