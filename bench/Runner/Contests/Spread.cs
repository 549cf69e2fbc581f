namespace Bench.Runner.Contests;

/// <summary>The median of the rounds and how far they lie apart.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    /// <summary>Gets the distance of the extremes as a share of the median.</summary>
    public double Width => (Max - Min) / Median;

    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
