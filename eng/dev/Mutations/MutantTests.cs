using System.Globalization;
using System.Xml.Linq;
using Dev.Setup;
using Dev.Testing;

namespace Dev.Mutations;

/// <summary>Builds and runs what has to notice a fault, in the copy it was put into.</summary>
/// <param name="tree">The copy.</param>
/// <param name="servers">Variables that name the servers that tests use.</param>
internal sealed class MutantTests(MutantTree tree, IReadOnlyList<(string Name, string Value)> servers)
{
    public const string Checker = "SessionChecking";

    private const string HangLimit = "90s";

    private static readonly TimeSpan CheckerLimit = TimeSpan.FromMinutes(10);

    // What a mutant leaves unused is no reason not to compile it.
    private static readonly string[] Fast = ["-p:SkipAnalyzers=true", "-p:TreatWarningsAsErrors=false", "-v", "quiet", "-clp:NoSummary", "--nologo"];

    /// <summary>Builds a project of tests with all that it needs.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="onLine">Gets what the compiler says.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<bool> BuildAsync(string project, Action<string> onLine, CancellationToken cancellationToken) =>
        await Tool.RunAsync(Tool.Dotnet, ["build", tree.PathOf("tests", project), .. Fast], onLine, cancellationToken) == 0;

    /// <summary>Builds one project of the product, and nothing that it needs or that needs it.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="onLine">Gets what the compiler says.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<bool> BuildAloneAsync(string project, Action<string> onLine, CancellationToken cancellationToken)
    {
        string[] arguments = ["build", tree.PathOf("src", project), "--no-restore", "--no-dependencies", .. Fast];
        return await Tool.RunAsync(Tool.Dotnet, arguments, onLine, cancellationToken) == 0;
    }

    /// <summary>Runs tests of a project that was built.</summary>
    /// <returns>The report; null when the run broke off, or hung, and left none.</returns>
    public async Task<XDocument?> RunAsync(string project, IEnumerable<string> tests, CancellationToken cancellationToken)
    {
        var report = tree.PathOf("artifacts", project + ".trx");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        File.Delete(report);
        string[] arguments =
        [
            "test", tree.ProgramOf(project), "--logger", $"trx;LogFileName={Path.GetFileName(report)}",
            "--results-directory", Path.GetDirectoryName(report)!, "--blame-hang-timeout", HangLimit, "--blame-hang-dump-type", "none",
            "--filter", TestProject.Expression([.. tests.Select(test => "." + test)])!,
        ];
        await Tool.RunAsync(Tool.Dotnet, arguments, _ => { }, cancellationToken, servers);
        return File.Exists(report) ? XDocument.Load(report) : null;
    }

    /// <summary>Runs the checker.</summary>
    /// <param name="histories">How many random schedules.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether every promise held; a run that does not end holds none.</returns>
    public async Task<bool> HoldsInHistoriesAsync(int histories, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(CheckerLimit);
        string[] arguments = [tree.ProgramOf(Checker), "--histories", histories.ToString(CultureInfo.InvariantCulture)];
        try
        {
            return await Tool.RunAsync(Tool.Dotnet, arguments, _ => { }, limited.Token, servers) == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Reads the tests that failed from a TRX report, each as <c>Class.Method</c>.</summary>
    public static IReadOnlyCollection<string> Failed(XDocument report) => Names(report, result => result.Attribute("outcome")?.Value != "Passed");

    /// <summary>Reads all tests from a TRX report.</summary>
    public static IReadOnlyCollection<string> Ran(XDocument report) => Names(report, _ => true);

    private static HashSet<string> Names(XDocument report, Func<XElement, bool> which) => report.Descendants()
        .Where(element => element.Name.LocalName == "UnitTestResult" && which(element))
        .Select(element => ShortName(element.Attribute("testName")!.Value))
        .ToHashSet(StringComparer.Ordinal);

    // Namespace.Class.Method(arguments)
    private static string ShortName(string name)
    {
        var end = name.IndexOf('(', StringComparison.Ordinal);
        var parts = (end < 0 ? name : name[..end]).Split('.');
        return string.Join('.', parts[^2..]);
    }
}
