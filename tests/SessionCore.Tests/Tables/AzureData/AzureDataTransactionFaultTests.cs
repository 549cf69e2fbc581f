using SessionCore.Tables;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>Answers to transactions that a real service gives rarely.</summary>
public sealed class AzureDataTransactionFaultTests
{
    private const string Row = "row";

    [Fact]
    public async Task A_part_that_says_busy_is_tried_again()
    {
        await using var stub = await StoreStub.StartAsync((context, number) => number == 1
            ? StoreStub.PartsAsync(context, (503, """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"x"}}}"""))
            : StoreStub.PartsAsync(context, (204, string.Empty), (204, string.Empty)));

        var result = await SendAsync(stub.Table());

        Assert.True(result.IsWritten);
        Assert.Equal(["W/\"9\"", "W/\"9\""], result.ETags);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(204, 204, 204)]
    [InlineData]
    public async Task An_answer_with_too_few_or_too_many_parts_is_no_answer(params int[] statuses)
    {
        await using var stub = await StoreStub.StartAsync(
            (context, _) => StoreStub.PartsAsync(context, statuses.Select(status => (status, string.Empty))));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await SendAsync(stub.Table()));
    }

    [Fact]
    public async Task A_stored_value_cannot_pose_as_a_part()
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.PartsAsync(
            context, (201, """{"Value":"HTTP/1.1 412 Precondition Failed"}"""), (204, string.Empty)));

        Assert.True((await SendAsync(stub.Table())).IsWritten);
    }

    [Theory]
    [InlineData("1:The entity exists.", 1)]
    [InlineData("The entity exists.", 0)]
    [InlineData("99:The entity exists.", 1)]
    public async Task The_position_of_a_failure_comes_from_the_message_or_from_the_part(string message, int index)
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.PartsAsync(
            context,
            (409, """{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"TEXT"}}}""".Replace("TEXT", message, StringComparison.Ordinal))));

        Assert.Equal(new TableWriteResult(TableOutcome.AlreadyExists, FailedIndex: index), await SendAsync(stub.Table()));
    }

    [Fact]
    public async Task A_transaction_whose_table_is_missing_is_unavailable()
    {
        await using var stub = await StoreStub.StartAsync((context, _) => StoreStub.PartsAsync(
            context, (404, """{"odata.error":{"code":"TableNotFound","message":{"lang":"en-US","value":"0:The table is not there."}}}""")));

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await SendAsync(stub.Table()));
        Assert.Contains("missing", e.Message, StringComparison.Ordinal);
    }

    private static ValueTask<TableWriteResult> SendAsync(ITable table) =>
        table.WriteAllAsync([TableWrite.Insert(new TableRow("p", Row)), TableWrite.Insert(new TableRow("p", Row + "2"))], CancellationToken.None);
}
