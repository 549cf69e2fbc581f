using Bench.Runner.Contests;

namespace Repository.Tests.Bench;

public sealed class JudgeTests
{
    [Theory]
    [InlineData(0.2, new double[] { 90, 100, 110, 105, 95 })]
    [InlineData(0.2, new double[] { 90, 100, 110, 105, 95, 100 })]
    [InlineData(0.1, new double[] { 50, 95, 100, 105, 200, 100, 100 })]
    [InlineData(0.1, new double[] { 40, 50, 95, 100, 105, 200, 210, 100, 100 })]
    public void The_width_leaves_out_as_many_of_the_extremes_as_leaves_five_or_six(double width, double[] rounds) =>
        Assert.Equal(width, Spread.Of(rounds).Width, precision: 6);

    [Fact]
    public void The_extremes_are_told_however_many_rounds_there_are()
    {
        var spread = Spread.Of(50, 95, 100, 105, 200, 100, 100);

        Assert.Equal((50, 100, 200), (spread.Min, spread.Median, spread.Max));
    }
}
