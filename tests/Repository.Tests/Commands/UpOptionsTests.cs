using Dev;
using Dev.Up;

namespace Repository.Tests.Commands;

public sealed class UpOptionsTests
{
    [Fact]
    public void Without_arguments_it_takes_a_free_port_and_a_cache() =>
        Assert.Equal(new UpOptions(Port: null, IsJson: false, WithRedis: true, OnFunctions: false, IsFresh: false, IsDemo: false, MayInstall: false, Folder: Path.Combine("artifacts", "dev")), UpOptions.Parse([]));

    [Theory]
    [InlineData("--port", "8080")]
    [InlineData("--port=8080")]
    public void A_port_is_taken_in_both_spellings(params string[] arguments) => Assert.Equal(8080, UpOptions.Parse(arguments).Port);

    [Fact]
    public void Every_switch_is_understood() =>
        Assert.Equal(
            new UpOptions(Port: 1, IsJson: true, WithRedis: false, OnFunctions: true, IsFresh: true, IsDemo: true, MayInstall: true, Folder: "here"),
            UpOptions.Parse(["--functions", "--no-redis", "--json", "--port", "1", "--fresh", "--demo", "--yes", "--data", "here"]));

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "0")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "http")]
    [InlineData("--data")]
    [InlineData("--jason")]
    [InlineData("now")]
    public void What_is_not_understood_is_refused(params string[] arguments) =>
        Assert.Throws<UsageException>(() => UpOptions.Parse(arguments));
}
