namespace Bench.Runner.Meters;

/// <summary>All counters of a server and of its Redis at one instant.</summary>
internal sealed record MeterReading(ProcessReading Process, GaugeReading? Gauge, RedisReading Redis);
