using System.Globalization;

namespace Dev.Up;

/// <summary>The arguments of <c>up</c>.</summary>
/// <param name="Port">The port asked for; null for one that is free.</param>
/// <param name="IsJson">One line of JSON on standard output, everything else on standard error.</param>
/// <param name="WithRedis">Run a cache.</param>
/// <param name="OnFunctions">Run the Functions host in place of Kestrel.</param>
internal sealed record UpOptions(int? Port, bool IsJson, bool WithRedis, bool OnFunctions)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">One is not understood.</exception>
    public static UpOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new UpOptions(Port: null, IsJson: false, WithRedis: true, OnFunctions: false);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var next))
        {
            options = next switch
            {
                "--json" => options with { IsJson = true },
                "--no-redis" => options with { WithRedis = false },
                "--functions" => options with { OnFunctions = true },
                "--port" => options with { Port = PortFrom(rest.TryDequeue(out var port) ? port : null) },
                var argument when argument.StartsWith("--port=", StringComparison.Ordinal) => options with { Port = PortFrom(argument["--port=".Length..]) },
                var argument => throw new UsageException($"'up' does not know '{argument}'."),
            };
        }

        return options;
    }

    private static int PortFrom(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new UsageException("--port takes a number from 1 to 65535.");
}
