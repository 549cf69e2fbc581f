namespace SessionChaos.Tests;

/// <summary>What the command understands.</summary>
public sealed class ChaosOptionsTests
{
    [Fact]
    public void Nothing_said_means_three_minutes_of_everything() =>
        Assert.Equal(new ChaosOptions(Minutes: 3, Seed: 1, Only: null), ChaosOptions.Parse([]));

    [Fact]
    public void Everything_can_be_said() =>
        Assert.Equal(new ChaosOptions(Minutes: 0.5, Seed: 7, Only: "herd"), ChaosOptions.Parse(["--only", "herd", "--minutes", "0.5", "--seed", "7"]));

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes", "0")]
    [InlineData("--minutes", "long")]
    [InlineData("--seed", "-1")]
    [InlineData("--what", "1")]
    public void What_makes_no_sense_is_not_understood(params string[] arguments) => Assert.Null(ChaosOptions.Parse(arguments));
}
