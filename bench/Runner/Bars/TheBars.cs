namespace Bench.Runner.Bars;

/// <summary>The bars of the product, in one place.</summary>
internal static class TheBars
{
    public static IReadOnlyList<Bar> All { get; } = [];
}
