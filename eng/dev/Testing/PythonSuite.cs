using Dev.Setup;

namespace Dev.Testing;

/// <summary>The tests of <c>clients/python</c>.</summary>
internal sealed class PythonSuite() : ClientSuite("python", "clients/python")
{
    private string? _program;

    /// <inheritdoc/>
    public override async Task EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken) =>
        _program = await PythonProgram.EnsureAsync(progress, mayInstall, cancellationToken);

    /// <inheritdoc/>
    protected override Task<int?> RunAsync(
        IReadOnlyList<string> filters, IReadOnlyList<(string Name, string Value)> environment, Progress progress, CancellationToken cancellationToken) =>
        Tool.RunAsync(
            _program ?? throw new InvalidOperationException("EnsureAsync has not found a Python."),
            [Path.Combine(Folder, "tests"), .. filters],
            progress.Detail,
            cancellationToken,
            [.. environment, ("PYTHONDONTWRITEBYTECODE", "1")]);
}
