using Dev.Setup;

namespace Dev.Testing;

/// <summary>The Django example, driven in a browser with the tools of <c>clients/typescript</c>.</summary>
internal sealed class DjangoExampleSuite() : ClientSuite("django", "clients/examples/django")
{
    private string _python = string.Empty;
    private string _browser = string.Empty;

    /// <inheritdoc/>
    public override async Task EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken)
    {
        await TypeScriptSuite.InstallAsync(progress, cancellationToken);
        _python = await PythonProgram.EnsureAsync(progress, mayInstall, cancellationToken);
        _browser = await Browser.EnsureAsync(progress, mayInstall, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<int?> RunAsync(
        IReadOnlyList<string> filters, IReadOnlyList<(string Name, string Value)> environment, Progress progress, CancellationToken cancellationToken)
    {
        var report = environment.Single(variable => variable.Name == ReportVariable).Value;
        string[] arguments =
        [
            "--test", "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=junit", $"--test-reporter-destination={report}",
            .. filters.Select(filter => $"--test-name-pattern={filter[(Name.Length + 1)..]}"),
            Path.Combine(Folder, "test", "example.test.mjs"),
        ];
        return Tool.RunAsync("node", arguments, progress.Detail, cancellationToken, [.. environment, ("PYTHON", _python), (Browser.Variable, _browser)]);
    }
}
