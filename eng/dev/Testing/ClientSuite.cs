using Dev.Setup;

namespace Dev.Testing;

/// <summary>The tests of client packages in another language. They run against a server that is started for them.</summary>
/// <param name="name">The word that selects it as a filter.</param>
/// <param name="folder">Its folder, from the root.</param>
internal abstract class ClientSuite(string name, string folder)
{
    /// <summary>The environment variable that tells the tests where to write their report.</summary>
    protected const string ReportVariable = "JUNIT_FILE";

    /// <summary>Gets the word that selects it as a filter.</summary>
    public string Name => name;

    /// <summary>Gets the full path of its folder.</summary>
    protected string Folder => Repository.PathOf(folder.Split('/'));

    /// <summary>Gives all there are.</summary>
    public static IReadOnlyList<ClientSuite> All() =>
        [.. ((ClientSuite[])[new TypeScriptSuite(), new PythonSuite(), new DjangoExampleSuite()]).Where(suite => Directory.Exists(suite.Folder))];

    /// <summary>Finds or installs what it needs.</summary>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="mayInstall">Whether system packages are installed without asking.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">Something is missing; the message has the remedy.</exception>
    public abstract Task EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken);

    /// <summary>Runs its tests.</summary>
    /// <param name="filters">Parts of names, each with the suite's name and a dot before it; none for all tests.</param>
    /// <param name="server">The server they call.</param>
    /// <param name="progress">Gets what the tests print.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<TestCounts> RunAsync(IReadOnlyList<string> filters, ClientServer server, Progress progress, CancellationToken cancellationToken)
    {
        var report = Path.Combine(TestProject.Reports, Name + ".xml");
        Directory.CreateDirectory(TestProject.Reports);
        File.Delete(report);
        (string, string)[] environment = [(ReportVariable, report), ("SESSIONS_URL", server.Url), ("SESSIONS_KEY", server.Key)];
        var exitCode = await RunAsync(filters, environment, progress, cancellationToken);
        if (!File.Exists(report))
        {
            progress.Line($"  {Name}: the run left no report; it counts as one failure.");
        }

        return TestCounts.ReadJUnit(report, exitCode ?? 1);
    }

    /// <summary>Runs its tests, which write a report to JUNIT_FILE.</summary>
    /// <returns>The exit code; null when the program is missing.</returns>
    protected abstract Task<int?> RunAsync(
        IReadOnlyList<string> filters, IReadOnlyList<(string Name, string Value)> environment, Progress progress, CancellationToken cancellationToken);
}
