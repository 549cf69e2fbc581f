using Dev;
using Dev.Up;

namespace Repository.Tests.Commands;

public sealed class UpOptionsTests
{
    [Fact]
    public void Without_arguments_it_takes_a_free_port_and_a_cache() =>
        Assert.Equal(new UpOptions(Port: null, IsJson: false, WithRedis: true, OnFunctions: false, IsFresh: false, DemoUsers: null, MayInstall: false, Folder: Path.Combine("artifacts", "dev")), UpOptions.Parse([]));

    [Theory]
    [InlineData("--port", "8080")]
    [InlineData("--port=8080")]
    public void A_port_is_taken_in_both_spellings(params string[] arguments) => Assert.Equal(8080, UpOptions.Parse(arguments).Port);

    [Fact]
    public void Every_switch_is_understood() =>
        Assert.Equal(
            new UpOptions(Port: 1, IsJson: true, WithRedis: false, OnFunctions: true, IsFresh: true, DemoUsers: 2000, MayInstall: true, Folder: "here"),
            UpOptions.Parse(["--functions", "--no-redis", "--json", "--port", "1", "--fresh", "--demo", "--yes", "--data", "here"]));

    [Theory]
    [InlineData("--demo-users", "20")]
    [InlineData("--demo-users=20")]
    [InlineData("--demo", "--demo-users", "20")]
    [InlineData("--demo-users", "20", "--demo")]
    public void A_number_of_demo_users_stands_in_for_the_usual_one(params string[] arguments) => Assert.Equal(20, UpOptions.Parse(arguments).DemoUsers);

    [Fact]
    public void A_number_that_is_not_allowed_is_told_with_those_that_are() =>
        Assert.Equal("--demo-users requires a number from 1 to 100000.", Assert.Throws<UsageException>(() => UpOptions.Parse(["--demo-users", "0"])).Message);

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "0")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "http")]
    [InlineData("--demo-users")]
    [InlineData("--demo-users", "0")]
    [InlineData("--demo-users", "100001")]
    [InlineData("--demo-users", "many")]
    [InlineData("--demo-users=-1")]
    [InlineData("--data")]
    [InlineData("--jason")]
    [InlineData("now")]
    public void What_is_not_understood_is_refused(params string[] arguments) =>
        Assert.Throws<UsageException>(() => UpOptions.Parse(arguments));
}
