namespace Repository.Tests.Commands;

/// <summary>dev.cs itself: it compiles the commands, hands over to them and passes on what they answer.</summary>
public sealed class LauncherTests
{
    [Fact]
    public async Task It_says_first_what_was_asked_and_an_unknown_argument_is_answered_with_the_usage()
    {
        var (exitCode, output) = await RunAsync("test", "--nope");

        Assert.Equal(2, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("› dotnet dev.cs test --nope", lines[0], StringComparison.Ordinal);
        Assert.Equal("Unknown argument '--nope' of 'test'.", lines[1].TrimEnd());
        Assert.StartsWith("Usage: dotnet dev.cs test", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "up")]
    [InlineData("--", "up", "--help")]
    [InlineData("up", "--", "--help")]
    public async Task Help_is_ours_behind_a_double_dash(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.Contains("Usage: dotnet dev.cs up", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--", "--help")]
    public async Task The_commands_are_listed_by_help_and_behind_a_double_dash(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.All((string[])["up", "test", "bench"], command => Assert.Contains($"dotnet dev.cs {command}", output, StringComparison.Ordinal));
    }

    private static Task<(int ExitCode, string Output)> RunAsync(params IReadOnlyList<string> arguments) =>
        Dotnet.RunAsync(RepositoryFiles.Root, new Dictionary<string, string>(StringComparer.Ordinal), ["dev.cs", .. arguments]);
}
