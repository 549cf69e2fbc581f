using Bench.Runner.Probes;

namespace Repository.Tests.Bench;

/// <summary>An event that does not come is no fast one.</summary>
public sealed class HookTests
{
    private readonly Hook _hook = new();

    [Theory]
    [InlineData(0.5, 4, 20)]
    [InlineData(0.99, 4, 40)]
    [InlineData(0.99, 5, double.PositiveInfinity)]
    [InlineData(0.5, 8, 40)]
    [InlineData(0.5, 9, double.PositiveInfinity)]
    public void A_share_that_has_not_come_takes_without_end(double share, int changes, double milliseconds)
    {
        for (var i = 1; i <= 4; i++)
        {
            _hook.Note($"{i}", i * 10);
        }

        Assert.Equal(milliseconds, _hook.Percentile(share, changes));
    }

    [Fact]
    public void Where_nothing_has_come_there_is_no_time() => Assert.Equal(double.PositiveInfinity, _hook.Percentile(0.99, changes: 0));
}
