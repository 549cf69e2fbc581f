using System.Globalization;
using Dev.Setup;

namespace Dev.Up;

/// <summary>The program that fills the tables with something to look at.</summary>
internal static class DemoProject
{
    private const string Project = "demo";
    private const string Output = "artifacts/run";

    /// <summary>Builds and runs it; it does nothing where it was run before.</summary>
    /// <param name="settings">The configuration of the host that will show it.</param>
    /// <param name="users">How many users it makes.</param>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It does not build or run.</exception>
    public static async Task FillAsync(HostSettings settings, int users, Progress progress, CancellationToken cancellationToken)
    {
        using var step = progress.Begin("filling the tables for the demo");
        string[] build =
        [
            "build", Repository.PathOf("eng", Project), "--artifacts-path", Repository.PathOf(Output), "-p:SkipAnalyzers=true",
            "--nologo", "-v", "minimal", "-clp:NoSummary",
        ];
        if (await Tool.RunAsync(Tool.Dotnet, build, progress.Detail, cancellationToken) != 0)
        {
            throw new InvalidOperationException("eng/demo does not build; the compiler's errors are above.");
        }

        string[] run = [Repository.PathOf(Output, "bin", "DemoData", "debug", "DemoData.dll"), users.ToString(CultureInfo.InvariantCulture)];
        if (await Tool.RunAsync(Tool.Dotnet, run, progress.Line, cancellationToken, [.. settings.ToEnvironment().Select(variable => (variable.Key, variable.Value))]) != 0)
        {
            throw new InvalidOperationException("The demo could not be written; its last lines say why.");
        }
    }
}
