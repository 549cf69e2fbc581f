using Dev.Setup;

namespace Dev.Testing;

/// <summary>The npm workspaces of <c>clients/typescript</c>: style, types, and tests with their examples in a browser.</summary>
internal sealed class TypeScriptSuite() : ClientSuite("typescript", Root)
{
    private const string Root = "clients/typescript";

    private string _browser = string.Empty;

    /// <summary>Installs the npm packages that the workspaces need.</summary>
    public static Task InstallAsync(Progress progress, CancellationToken cancellationToken) => NodeModules.EnsureAsync(
        Repository.PathOf(Root.Split('/')), $"installs what {Root} needs, about half a minute, once", progress, cancellationToken);

    /// <inheritdoc/>
    public override async Task EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken)
    {
        await InstallAsync(progress, cancellationToken);
        _browser = await Browser.EnsureAsync(progress, mayInstall, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task<int?> RunAsync(
        IReadOnlyList<string> filters, IReadOnlyList<(string Name, string Value)> environment, Progress progress, CancellationToken cancellationToken)
    {
        foreach (var script in (string[])["check", "build"])
        {
            using var step = progress.Begin($"npm run {script}");
            if (await RunScriptAsync(script) is not 0 and var failed)
            {
                return failed;
            }
        }

        return await RunScriptAsync("test:junit", [.. filters.Select(filter => filter[(Name.Length + 1)..])]);

        Task<int?> RunScriptAsync(string script, params IReadOnlyList<string> arguments) => NodeModules.RunNpmAsync(
            Folder, ["run", "--silent", script, "--", .. arguments], progress.Detail, cancellationToken, [.. environment, (Browser.Variable, _browser)]);
    }
}
