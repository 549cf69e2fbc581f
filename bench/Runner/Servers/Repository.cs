using System.Diagnostics;

namespace Bench.Runner.Servers;

/// <summary>The repository's root, and what is built from it for the bench.</summary>
internal sealed class Repository
{
    private readonly HashSet<string> _published = new(StringComparer.Ordinal);

    private Repository(string root) => Root = root;

    public string Root { get; }

    public string Results => Path.Combine(Root, "artifacts", "bench");

    public string Peers => Path.Combine(Root, "bench", "peers");

    /// <summary>Returns the file for a server's output and creates its folder.</summary>
    public string LogOf(string server) => Path.Combine(Directory.CreateDirectory(Path.Combine(Results, "logs")).FullName, server.Replace(' ', '-') + ".log");

    /// <summary>Another checkout.</summary>
    public static Repository At(string root) => new(root);

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
            {
                return new Repository(folder.FullName);
            }
        }

        throw new InvalidOperationException("The bench runs from a checkout of the repository: use 'dotnet dev.cs bench' there.");
    }

    /// <summary>Publishes a server as it would be deployed, compiled ahead for this machine, and returns the path of its assembly.</summary>
    public Task<string> PublishServerAsync(string project, string assembly, CancellationToken cancellationToken)
        => PublishAsync(project, assembly, cancellationToken, "--use-current-runtime", "--no-self-contained", "-p:PublishReadyToRun=true", "-p:PublishWithoutConsole=true");

    /// <summary>Publishes a project, once, as servers may run from its files, and returns the path of its assembly.</summary>
    public async Task<string> PublishAsync(string project, string assembly, CancellationToken cancellationToken, params IReadOnlyList<string> how)
    {
        var folder = Path.Combine(Results, "bin", Path.GetFileNameWithoutExtension(assembly));
        if (_published.Contains(project))
        {
            return Path.Combine(folder, assembly);
        }

        await RunAsync(Root, "dotnet", ["publish", project, "-c", "Release", "-o", folder, "-v", "quiet", "--nologo", .. how], cancellationToken);
        _published.Add(project);
        return Path.Combine(folder, assembly);
    }

    /// <summary>Installs the npm packages of a folder if they are not there.</summary>
    public static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await RunAsync(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci"], cancellationToken);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(string folder, string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed:\n{await output}\n{await errors}");
        }
    }
}
