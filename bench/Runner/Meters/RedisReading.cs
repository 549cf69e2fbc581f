namespace Bench.Runner.Meters;

/// <summary>A Redis's counters since its start.</summary>
internal readonly record struct RedisReading(TimeSpan Cpu, long Commands);
