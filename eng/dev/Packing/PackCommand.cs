using System.Globalization;
using Dev.Setup;
using Dev.Testing;

namespace Dev.Packing;

/// <summary>Builds the packages of the clients, as they are published.</summary>
internal sealed class PackCommand : ICommand
{
    private static readonly string Packages = Path.Combine("artifacts", "packages");

    /// <inheritdoc/>
    public string Name => "pack";

    /// <inheritdoc/>
    public string Purpose => "builds the packages of all clients into artifacts/packages";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } = [SystemPackage.YesOption];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (arguments.FirstOrDefault(argument => argument != SystemPackage.Yes) is { } unknown)
        {
            throw new UsageException($"Unknown argument '{unknown}' of 'pack'.");
        }

        var progress = new Progress(Console.Out);
        var python = await PythonPackage.EnsureAsync(progress, arguments.Contains(SystemPackage.Yes, StringComparer.Ordinal), cancellationToken);
        var target = Repository.PathOf(Packages);
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.CreateDirectory(target);
        foreach (var project in Projects())
        {
            await PackProjectAsync(project, target, progress, cancellationToken);
        }

        await PackWorkspacesAsync(target, progress, cancellationToken);
        using (progress.Begin("clients/python: wheel and source distribution"))
        {
            await PythonPackage.BuildAsync(python, target, progress, cancellationToken);
        }

        foreach (var package in Directory.EnumerateFiles(target).Order(StringComparer.Ordinal))
        {
            progress.Line(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(Packages, Path.GetFileName(package))}  {new FileInfo(package).Length:N0} bytes"));
        }

        return 0;
    }

    // Every project beside its README is a package; tests of packages are in tests.
    private static IEnumerable<string> Projects()
    {
        var folder = Repository.PathOf("clients", "dotnet");
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).SelectMany(package => Directory.EnumerateFiles(package, "*.csproj")).Order(StringComparer.Ordinal)
            : [];
    }

    private static async Task PackProjectAsync(string project, string target, Progress progress, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        using var step = progress.Begin($"dotnet pack {name}");
        // The build of the solution analyses the same code, and takes a minute more for it.
        string[] quick = ["-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false"];
        string[] pack = ["pack", project, "-c", "Release", "-o", target, "--nologo", "-v", "minimal", "-clp:NoSummary", .. quick];
        if (await Tool.RunAsync(Tool.Dotnet, pack, progress.Detail, cancellationToken) != 0)
        {
            throw new InvalidOperationException($"{name} cannot be packed; the errors are above.");
        }
    }

    private static async Task PackWorkspacesAsync(string target, Progress progress, CancellationToken cancellationToken)
    {
        var folder = Repository.PathOf("clients", "typescript");
        if (!Directory.Exists(folder))
        {
            return;
        }

        await TypeScriptSuite.InstallAsync(progress, cancellationToken);
        using var step = progress.Begin("npm pack");
        if (await NodeModules.RunNpmAsync(folder, ["run", "--silent", "pack:all"], progress.Detail, cancellationToken, ("PACKAGES", target)) != 0)
        {
            throw new InvalidOperationException("The npm packages cannot be packed; the errors are above.");
        }
    }
}
