namespace Bench.Runner.Contests;

/// <summary>What a round measures of a contender.</summary>
internal enum Metric
{
    /// <summary>Good answers a second.</summary>
    Rate,

    /// <summary>Median time to the answer, in microseconds.</summary>
    P50,

    /// <summary>Time that 99 of 100 answers keep, in microseconds.</summary>
    P99,

    /// <summary>The server's processor time a request, in microseconds.</summary>
    ServerCpu,

    /// <summary>Redis's processor time a request, in microseconds.</summary>
    RedisCpu,

    /// <summary>Redis commands a request, those inside scripts included.</summary>
    RedisCommands,

    /// <summary>Bytes allocated a request; .NET servers only.</summary>
    Allocated,

    /// <summary>The server's largest resident memory since its start, in megabytes.</summary>
    PeakMemory,
}
