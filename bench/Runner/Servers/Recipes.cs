using System.Globalization;

namespace Bench.Runner.Servers;

/// <summary>How each server of the bench is started: one process, nothing written to disk, defaults otherwise.</summary>
internal static class Recipes
{
    /// <summary>The program that runs .NET assemblies, and the name of its processes.</summary>
    public const string DotnetProgram = "dotnet";

    public static ServerRecipe Dotnet(string name, string assembly, string? gauge, IReadOnlyDictionary<string, string> environment, string readyPath = "/health")
        => new()
        {
            Name = name,
            Program = DotnetProgram,
            Arguments = _ => [assembly],
            Environment = port => new Dictionary<string, string>(environment, StringComparer.Ordinal)
            {
                ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            },
            GaugeAssembly = gauge,
            ReadyPath = readyPath,
        };

    /// <summary>A function app in the host of the tests, which ends with its worker.</summary>
    public static ServerRecipe Functions(string name, string host, string app, IReadOnlyDictionary<string, string> environment, string readyPath) => new()
    {
        Name = name,
        Program = DotnetProgram,
        Arguments = port => [host, "--app", Path.GetDirectoryName(app)!, "--port", port.ToString(CultureInfo.InvariantCulture)],
        Environment = _ => environment,
        ReadyPath = readyPath,
    };

    public static ServerRecipe Node(string name, string script, string redis) => new()
    {
        Name = name,
        Program = "node",
        Arguments = _ => [script],
        Environment = port => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["NODE_ENV"] = "production",
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["REDIS"] = redis,
        },
        HowToInstall = "Install Node 20 or later and run 'npm ci' in bench/peers.",
    };

    /// <summary>Threads, because gunicorn's plain worker closes the connection after every answer.</summary>
    public static ServerRecipe Django(string folder, string redis, PostgresServer postgres) => new()
    {
        Name = "django",
        Program = "gunicorn",
        Arguments = port =>
        [
            "--chdir", folder, "--bind", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "--workers", "1",
            "--worker-class", "gthread", "--threads", "8", "--keep-alive", "60", "--log-level", "error", "app:application",
        ],
        Environment = _ => DjangoVariables(redis, postgres),
        HowToInstall = DjangoPackages.HowToInstall,
    };

    public static Dictionary<string, string> DjangoVariables(string redis, PostgresServer postgres) => new(StringComparer.Ordinal)
    {
        ["REDIS"] = redis,
        ["POSTGRES_PORT"] = postgres.Port.ToString(CultureInfo.InvariantCulture),
    };
}
