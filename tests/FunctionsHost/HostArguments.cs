using System.Globalization;

namespace FunctionsHost;

/// <summary>Command line of the host.</summary>
/// <param name="App">Output folder of a built function app.</param>
/// <param name="Port">Loopback port of HTTP; 0 for any free one.</param>
internal sealed record HostArguments(string App, int Port)
{
    public const string Usage = "Usage: --app FOLDER [--port N]. FOLDER is the output of a built function app (with worker.config.json); its settings are environment variables.";

    /// <summary>Reads the command line; null when it is wrong.</summary>
    public static HostArguments? Parse(string[] args)
    {
        string? app = null;
        ushort port = 0;
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--app":
                    app = Path.GetFullPath(args[i + 1]);
                    break;
                case "--port" when ushort.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out port):
                    break;
                default:
                    return null;
            }
        }

        return args.Length % 2 == 0 && app is not null && File.Exists(Path.Combine(app, FunctionApp.WorkerConfiguration)) ? new HostArguments(app, port) : null;
    }
}
