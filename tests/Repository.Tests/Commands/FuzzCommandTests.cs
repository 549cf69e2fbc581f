using Dev;
using Dev.Testing;

namespace Repository.Tests.Commands;

public sealed class FuzzCommandTests
{
    [Fact]
    public void A_million_inputs_are_sent_unless_told() => Assert.Equal(("1000000", null), FuzzCommand.Read([]));

    [Fact]
    public void Inputs_and_seed_come_in_any_order() => Assert.Equal(("20", "7"), FuzzCommand.Read(["--seed", "7", "--inputs", "20"]));

    [Theory]
    [InlineData("--inputs")]
    [InlineData("--inputs", "many")]
    [InlineData("--inputs", "-1")]
    [InlineData("--outputs", "1")]
    public void What_is_not_understood_is_said(params string[] arguments) => Assert.Throws<UsageException>(() => FuzzCommand.Read(arguments));
}
