using System.Globalization;

namespace Infra.Tests.Costs;

public sealed class CostTableTests
{
    private static readonly decimal TableCall = PriceOf("Table Storage, a million calls (a transaction of many rows is one)");
    private static readonly decimal Execution = PriceOf("Functions, a million executions");

    public static TheoryData<string> Operations => [.. Meter.Operations.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_page_counts_the_calls_that_the_core_makes(string operation)
    {
        await using var meter = new Meter();

        var calls = await Meter.Operations[operation](meter);

        var row = Row(operation);
        Assert.Equal(calls, new StoreCalls(Number(row[1]), Number(row[2]), Number(row[3])));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_page_adds_up(string operation)
    {
        var row = Row(operation);
        var tables = (Number(row[1]) + Number(row[2])) * TableCall;

        Assert.Equal(tables, decimal.Parse(row[4], CultureInfo.InvariantCulture));
        Assert.Equal(tables + Execution, decimal.Parse(row[5], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_purge_costs_no_more_than_the_page_says()
    {
        var most = OperationsPage.Table("purge, each of 1,000 sessions").Single();
        await using var meter = new Meter();

        var calls = await meter.PurgeAsync(1000);

        Assert.InRange(calls.Reads, 1000, 1000 * decimal.Parse(most[1], CultureInfo.InvariantCulture));
        Assert.InRange(calls.Writes, 1000, 1000 * decimal.Parse(most[2], CultureInfo.InvariantCulture));
        Assert.InRange(calls.Redis, 0, 1000 * decimal.Parse(most[3], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Without_a_cache_a_validation_is_one_table_read()
    {
        await using var meter = new Meter(withCache: false);

        Assert.Equal(new StoreCalls(Reads: 1, Writes: 0, Redis: 0), await Meter.Operations["validate, hit"](meter));
    }

    [Fact]
    public void Every_row_of_the_page_is_counted() =>
        Assert.Empty(OperationsPage.Table("operation", "table reads").Select(row => row[0]).Except(Meter.Operations.Keys));

    private static string[] Row(string operation) => OperationsPage.Table("operation", "table reads").Single(row => row[0] == operation);

    private static decimal PriceOf(string what) =>
        decimal.Parse(OperationsPage.Table("what", "price").Single(row => row[0] == what)[1], CultureInfo.InvariantCulture);

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
