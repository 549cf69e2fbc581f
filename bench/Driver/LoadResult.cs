namespace Bench.Driver;

/// <summary>What one run measured inside its window.</summary>
public sealed record LoadResult
{
    /// <summary>Good answers inside the window.</summary>
    public required long Requests { get; init; }

    /// <summary>The length of the window as it came out.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The times from send to answer.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>Answers with another status, broken connections and time-outs, over the whole run including the warm-up.</summary>
    public required long Errors { get; init; }

    /// <summary>The first error as text, to see what went wrong.</summary>
    public string? FirstError { get; init; }

    /// <summary>The requests sent over the whole run: the next run may go on from here.</summary>
    public required long Sent { get; init; }

    /// <summary>Good answers a second.</summary>
    public double Rate => Requests / Math.Max(Elapsed.TotalSeconds, 1e-9);
}
