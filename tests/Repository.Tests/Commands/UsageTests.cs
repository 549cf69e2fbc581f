using Dev;
using Dev.Up;

namespace Repository.Tests.Commands;

public sealed class UsageTests
{
    public static TheoryData<string> Names => [.. Cli.Commands.Select(command => command.Name)];

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help", "unknown")]
    public void Help_names_every_command(params string[] arguments)
    {
        var text = Cli.HelpFor(arguments);

        Assert.NotNull(text);
        Assert.All(Cli.Commands, command => Assert.Contains($"dotnet dev.cs {command.Name}", text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_for_a_command_explains_each_of_its_arguments(string name)
    {
        var command = Cli.Commands.Single(candidate => candidate.Name == name);

        foreach (var arguments in (string[][])[["help", name], ["--help", name], [name, "help"], [name, "--help"], [name, "--only", "x", "-h"]])
        {
            var text = Cli.HelpFor(arguments);
            Assert.NotNull(text);
            Assert.StartsWith($"Usage: dotnet dev.cs {name}", text, StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.Contains(option.Meaning, text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("up")]
    [InlineData("test", "SessionService")]
    [InlineData("test", "One.Filter", "help")]
    [InlineData("unknown")]
    [InlineData]
    public void Nothing_else_asks_for_help(params string[] arguments) => Assert.Null(Cli.HelpFor(arguments));

    [Fact]
    public void Every_argument_of_up_that_is_explained_is_understood()
    {
        var forms = new UpCommand().Options.Select(option => option.Form.Split(' '));

        Assert.All(forms, form => UpOptions.Parse([form[0], .. form.Length > 1 ? (string[])["1"] : []]));
    }

    [Fact]
    public void A_usage_fits_a_terminal_of_120_columns() =>
        Assert.All(
            Cli.Commands.Select(Usage.Of).Append(Usage.Of(Cli.Commands)).SelectMany(text => text.Split(Environment.NewLine)),
            line => Assert.True(line.Length <= 120, line));
}
