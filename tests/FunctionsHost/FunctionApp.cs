using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FunctionsHost;

/// <summary>A built function app: its worker program and its host.json.</summary>
internal sealed class FunctionApp
{
    public const string WorkerConfiguration = "worker.config.json";

    private const string DefaultLevel = "default";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, LogLevel> _levels = new(StringComparer.Ordinal) { [DefaultLevel] = LogLevel.Information };

    private FunctionApp(string folder, string workerPath)
    {
        Folder = folder;
        WorkerPath = workerPath;
    }

    public string Folder { get; }

    /// <summary>Gets the worker's assembly.</summary>
    public string WorkerPath { get; }

    /// <summary>Gets what stands before every route: <c>api</c> unless host.json says otherwise.</summary>
    public string RoutePrefix { get; private init; } = "api";

    /// <summary>Reads the app in an output folder.</summary>
    public static FunctionApp Read(string folder)
    {
        using var worker = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, WorkerConfiguration)));
        var path = worker.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString()!;
        var hostFile = Path.Combine(folder, "host.json");
        using var host = JsonDocument.Parse(File.Exists(hostFile) ? File.ReadAllText(hostFile) : "{}", Lenient);
        var app = new FunctionApp(folder, Path.Combine(folder, path))
        {
            RoutePrefix = Find(host.RootElement, "extensions", "http", "routePrefix")?.GetString() ?? "api",
        };
        foreach (var level in Find(host.RootElement, "logging", "logLevel")?.EnumerateObject() ?? default)
        {
            app._levels[level.Name] = Enum.Parse<LogLevel>(level.Value.GetString()!, ignoreCase: true);
        }

        return app;
    }

    /// <summary>Whether host.json lets a log line through: the longest name that the category begins with decides.</summary>
    public bool Logs(string category, LogLevel level)
    {
        var rule = _levels.Keys
            .Where(name => category == name || category.StartsWith(name + ".", StringComparison.Ordinal))
            .MaxBy(name => name.Length);
        return level >= _levels[rule ?? DefaultLevel];
    }

    private static JsonElement? Find(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (!element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
