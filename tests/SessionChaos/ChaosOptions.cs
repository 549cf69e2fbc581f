using System.Globalization;

namespace SessionChaos;

/// <summary>What the command line asks for.</summary>
/// <param name="Minutes">How long faults go on.</param>
/// <param name="Seed">What chooses the order of faults and what clients do.</param>
/// <param name="Only">A part of a scenario's name; null for all.</param>
internal sealed record ChaosOptions(double Minutes, ulong Seed, string? Only)
{
    public const string Usage = "Usage: [--minutes N] [--seed S] [--only TEXT]";

    private const double DefaultMinutes = 3;

    /// <summary>Reads the arguments; null when they are not understood.</summary>
    public static ChaosOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions(DefaultMinutes, Seed: 1, Only: null);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                return null;
            }

            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--minutes" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    options = options with { Minutes = minutes };
                    break;
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--only":
                    options = options with { Only = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
