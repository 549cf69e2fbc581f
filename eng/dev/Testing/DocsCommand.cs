using System.Globalization;
using Dev.Setup;

namespace Dev.Testing;

/// <summary>Rewrites the generated parts of the documents: the tests that check them write instead of comparing.</summary>
internal sealed class DocsCommand : ICommand
{
    private const string Update = "UPDATE_DOCS";

    private static readonly (string Project, string Filter)[] Writers =
    [
        ("SessionApi.Tests", "ApiTests.The_committed_document"),
        ("SessionServer.Tests", "SessionServer.Tests.Documents"),
    ];

    /// <inheritdoc/>
    public string Name => "docs";

    /// <inheritdoc/>
    public string Purpose => "rewrites docs/openapi.json, docs/asyncapi.json and the generated tables of the documents";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options => [];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (arguments.Count > 0)
        {
            throw new UsageException($"Unknown argument '{arguments[0]}' of 'docs'; it takes none.");
        }

        var progress = new Progress(Console.Out);
        var counts = new TestCounts(Passed: 0, Failed: 0, Skipped: 0);
        foreach (var (project, filter) in Writers)
        {
            using var step = progress.Begin(project);
            string[] build = ["build", Repository.PathOf("tests", project), "--nologo", "-v", "minimal", "-clp:NoSummary", "-p:RunAnalyzers=false"];
            if (await Tool.RunAsync(Tool.Dotnet, build, progress.Detail, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"{project} does not build; the compiler's errors are above.");
            }

            var tests = TestProject.All().Single(candidate => candidate.Name == project);
            counts += await tests.RunAsync([filter], progress, cancellationToken, (Update, "1"));
        }

        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{counts.Passed} checks passed, {counts.Failed} failed; see git diff"));
        return counts is { Total: > 0, Failed: 0 } ? 0 : 1;
    }
}
