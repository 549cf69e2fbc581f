using Dev.Setup;
using Support.Servers;

namespace Dev.Up;

/// <summary>The projects that serve the API.</summary>
internal static class HostProject
{
    private const string Kestrel = "SessionServer";
    private const string Functions = "SessionFunctions";
    private const string Output = "artifacts/run";

    /// <summary>Checks, before anything is started, that the host can be run here.</summary>
    /// <exception cref="InvalidOperationException">What it is run with is missing.</exception>
    public static void Check(UpOptions options)
    {
        if (options.OnFunctions && !Tool.Exists("func"))
        {
            throw new InvalidOperationException(
                "Azure Functions Core Tools are missing ('func' is not on the PATH). Install version 4 from https://aka.ms/azfunc-install, or run 'dotnet dev.cs up' for the same API on Kestrel.");
        }
    }

    /// <summary>Builds the host that was asked for.</summary>
    /// <exception cref="InvalidOperationException">It does not compile, or lacks its packages here.</exception>
    public static async Task BuildAsync(UpOptions options, Progress progress, CancellationToken cancellationToken)
    {
        var project = options.OnFunctions ? Functions : Kestrel;
        if (!options.OnFunctions)
        {
            await ConsoleBuild.EnsureAsync(progress, cancellationToken);
        }

        using (progress.Begin($"dotnet build src/{project}"))
        {
            // A folder of its own: what is compiled without analysis must not pass for analysed in the next build of the solution.
            string[] arguments =
            [
                "build", Repository.PathOf("src", project), "--artifacts-path", Repository.PathOf(Output), "-p:SkipAnalyzers=true",
                "--nologo", "-v", "minimal", "-clp:NoSummary",
            ];
            if (await Tool.RunAsync(Tool.Dotnet, arguments, progress.Detail, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"src/{project} does not build; the compiler's errors are above.");
            }
        }
    }

    /// <summary>Says how to start the host that was asked for.</summary>
    /// <param name="options">Which.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="onLine">Sees what it logs.</param>
    public static ServerProgram Program(UpOptions options, HostSettings settings, Action<string> onLine)
    {
        var project = options.OnFunctions ? Functions : Kestrel;
        var output = Repository.PathOf(Output, "bin", project, "debug");
        var variables = new Dictionary<string, string>(settings.ToEnvironment(), StringComparer.Ordinal);
        if (!options.OnFunctions)
        {
            foreach (var (name, value) in settings.ToSignInEnvironment())
            {
                variables[name] = value;
            }

            // Four lines a request would hide what the product says. The name has a dot, which shells take out of the environment.
            string[] run = [Path.Combine(output, Kestrel + ".dll"), "--Logging:LogLevel:Microsoft.AspNetCore=Warning"];
            return new ServerProgram(Tool.Dotnet, run, "Its last lines say why.")
            {
                Environment = variables,
                WorkingDirectory = output,
                OnLine = onLine,
            };
        }

        variables["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        variables["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development";
        variables["AzureWebJobsStorage"] = settings.Tables;
        variables["PurgeSchedule"] = "0 */5 * * * *";
        variables["RebuildSchedule"] = "0 30 3 * * *";
        string[] start = ["start", "--port", settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)];

        // Core Tools from npm are a batch file on Windows, which only its interpreter starts.
        var (program, arguments) = OperatingSystem.IsWindows() ? ("cmd", (string[])["/c", "func", .. start]) : ("func", start);
        return new ServerProgram(program, arguments, "Its last lines say why.")
        {
            Environment = variables,
            WorkingDirectory = output,
            OnLine = onLine,
        };
    }
}
