using Bench.Runner.Contests;

namespace Bench.Runner;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions(Timing Timing, bool IsQuick, bool WithPeers, IReadOnlyList<string> Only, IReadOnlyList<string> Beside)
{
    public const string Usage = """
        usage: dotnet dev.cs bench [--quick] [--no-peers] [--only TEXT]... [--beside FOLDER]...
          --quick          three short rounds and small amounts: shows that everything runs; the figures are coarse
          --no-peers       limits and ours only
          --only TEXT      contests and probes whose name contains TEXT; may be repeated
          --beside FOLDER  validation by another checkout of the project too, round by round; may be repeated
        """;

    /// <summary>Null when the arguments make no sense.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions(Timing.Full, IsQuick: false, WithPeers: true, Only: [], Beside: []);
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--quick":
                    options = options with { Timing = Timing.Quick, IsQuick = true };
                    break;
                case "--no-peers":
                    options = options with { WithPeers = false };
                    break;
                case "--only" when left.Count > 0:
                    options = options with { Only = [.. options.Only, left.Dequeue()] };
                    break;
                case "--beside" when left.Count > 0:
                    options = options with { Beside = [.. options.Beside, Path.GetFullPath(left.Dequeue())] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    /// <summary>Gets the names that <c>--only</c> chooses from.</summary>
    public static IEnumerable<string> Names => [.. Programme.Names, .. ProbeList.Titles];

    /// <summary>Gets the first text of <c>--only</c> that is part of no name; null when each is.</summary>
    public string? UnmatchedOnly => Only.FirstOrDefault(text => !Names.Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)));

    public bool Wants(string name) => Only.Count == 0 || Only.Any(text => name.Contains(text, StringComparison.OrdinalIgnoreCase));
}
