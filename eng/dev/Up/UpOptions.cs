using System.Globalization;

namespace Dev.Up;

/// <summary>The arguments of <c>up</c>.</summary>
/// <param name="Port">The port asked for; null for one that is free.</param>
/// <param name="IsJson">One line of JSON on standard output, everything else on standard error.</param>
/// <param name="WithRedis">Run a cache.</param>
/// <param name="OnFunctions">Run the Functions host in place of Kestrel.</param>
/// <param name="IsFresh">Begin with new keys and without the data of earlier runs.</param>
/// <param name="DemoUsers">Fill the tables with so many users and their sessions to look at; null to fill in nobody.</param>
/// <param name="MayInstall">Install a system package without asking.</param>
/// <param name="Folder">Where keys and data are kept.</param>
internal sealed record UpOptions(int? Port, bool IsJson, bool WithRedis, bool OnFunctions, bool IsFresh, int? DemoUsers, bool MayInstall, string Folder)
{
    private const int UsualDemoUsers = 2000;
    private const int MostDemoUsers = 100_000;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">One is not understood.</exception>
    public static UpOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new UpOptions(Port: null, IsJson: false, WithRedis: true, OnFunctions: false, IsFresh: false, DemoUsers: null, MayInstall: false, Folder: Path.Combine("artifacts", "dev"));
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var next))
        {
            options = next switch
            {
                "--json" => options with { IsJson = true },
                "--no-redis" => options with { WithRedis = false },
                "--functions" => options with { OnFunctions = true },
                "--fresh" => options with { IsFresh = true },
                "--demo" => options with { DemoUsers = options.DemoUsers ?? UsualDemoUsers },
                "--demo-users" => options with { DemoUsers = DemoUsersFrom(rest.TryDequeue(out var users) ? users : null) },
                var argument when argument.StartsWith("--demo-users=", StringComparison.Ordinal) => options with { DemoUsers = DemoUsersFrom(argument["--demo-users=".Length..]) },
                "--yes" => options with { MayInstall = true },
                "--data" => options with { Folder = rest.TryDequeue(out var folder) ? folder : throw new UsageException("--data requires a folder.") },
                "--port" => options with { Port = PortFrom(rest.TryDequeue(out var port) ? port : null) },
                var argument when argument.StartsWith("--port=", StringComparison.Ordinal) => options with { Port = PortFrom(argument["--port=".Length..]) },
                var argument => throw new UsageException($"Unknown argument '{argument}' of 'up'."),
            };
        }

        return options;
    }

    private static int DemoUsersFrom(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var users) && users is > 0 and <= MostDemoUsers
            ? users
            : throw new UsageException($"--demo-users requires a number from 1 to {MostDemoUsers}.");

    private static int PortFrom(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new UsageException("--port requires a number from 1 to 65535.");
}
