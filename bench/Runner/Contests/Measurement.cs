using Bench.Driver;
using Bench.Runner.Meters;

namespace Bench.Runner.Contests;

/// <summary>What one round measured of one contender.</summary>
internal sealed class Measurement
{
    private readonly Dictionary<Metric, double> _values;

    private Measurement(Dictionary<Metric, double> values, long errors, string? firstError)
    {
        _values = values;
        Errors = errors;
        FirstError = firstError;
    }

    public long Errors { get; }

    public string? FirstError { get; }

    /// <summary>Gets a value; NaN when it could not be measured.</summary>
    public double this[Metric metric] => _values.GetValueOrDefault(metric, double.NaN);

    public static Measurement From(LoadResult load, MeterReading before, MeterReading after)
    {
        var requests = Math.Max(load.Requests, 1);
        var values = new Dictionary<Metric, double>
        {
            [Metric.Rate] = load.Rate,
            [Metric.P50] = load.Latency.Percentile(0.5).TotalMicroseconds,
            [Metric.P99] = load.Latency.Percentile(0.99).TotalMicroseconds,
            [Metric.ServerCpu] = (after.Process.Cpu - before.Process.Cpu).TotalMicroseconds / requests,
            [Metric.RedisCpu] = (after.Redis.Cpu - before.Redis.Cpu).TotalMicroseconds / requests,
            [Metric.RedisCommands] = (after.Redis.Commands - before.Redis.Commands - 1.0) / requests,
            [Metric.PeakMemory] = after.Process.PeakBytes / 1_000_000.0,
        };
        if (before.Gauge is { } from && after.Gauge is { } to)
        {
            values[Metric.Allocated] = (double)(to.AllocatedBytes - from.AllocatedBytes) / requests;
        }

        return new Measurement(values, load.Errors, load.FirstError);
    }
}
