namespace Bench.Runner.Contests;

/// <summary>The median of the rounds and how far they lie apart.</summary>
/// <param name="Median">The median.</param>
/// <param name="Min">The lowest round.</param>
/// <param name="Max">The highest round.</param>
/// <param name="Width">
/// The distance of the extremes as a share of the median. Of more than six rounds the same number of the highest and of the lowest is left
/// out, so that five or six count: otherwise one bad round could never be made up for by others.
/// </param>
internal readonly record struct Spread(double Median, double Min, double Max, double Width)
{
    private const int Counted = 5;

    public static Spread Of(params IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        var leftOut = Math.Max(0, (sorted.Length - Counted) / 2);
        return new Spread(median, sorted[0], sorted[^1], (sorted[^(1 + leftOut)] - sorted[leftOut]) / median);
    }
}
