namespace Repository.Tests.Packages;

/// <summary>What <c>dotnet publish src/SessionServer</c> asks for before it publishes.</summary>
public sealed class ServerPublishTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("server-publish-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_the_console_it_fails_with_one_line_that_names_the_commands()
    {
        var (exitCode, output) = await PrepareAsync();

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("error : The operator's console is not built. Run 'npm ci' and 'npm run build' in src/SessionConsole", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_console_it_goes_on()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "index.html"), "<!doctype html>");

        var (exitCode, output) = await PrepareAsync();

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task The_console_may_be_left_out()
    {
        var (exitCode, output) = await PrepareAsync("-p:PublishWithoutConsole=true");

        Assert.True(exitCode == 0, output);
    }

    // The part of a publish between the build and the copies.
    private Task<(int ExitCode, string Output)> PrepareAsync(params IReadOnlyList<string> arguments) => Dotnet.RunAsync(
        RepositoryFiles.Root,
        new Dictionary<string, string>(),
        [
            "msbuild", "src/SessionServer/SessionServer.csproj", "-t:PrepareForPublish", "-v:q", "-nologo",
            $"-p:BuiltConsole={_folder.FullName}/", $"-p:PublishDir={_folder.FullName}/published/", .. arguments,
        ]);
}
