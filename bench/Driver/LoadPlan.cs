using System.Net;

namespace Bench.Driver;

/// <summary>One closed-loop load: every connection has one request in flight and sends the next when the answer has arrived.</summary>
public sealed record LoadPlan
{
    /// <summary>The server under load.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>Where the requests come from.</summary>
    public required RequestSource Requests { get; init; }

    /// <summary>The status codes that count as an answer; any other is an error.</summary>
    public IReadOnlyList<int> Expected { get; init; } = [200];

    /// <summary>How many connections are kept open, 1 to 1,000.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>Load before the window opens, not measured.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The warm-up ends at this request even if its time is not over; so that a run of few requests has some left to measure.</summary>
    public long WarmUpRequests { get; init; } = long.MaxValue;

    /// <summary>The measured time. The run ends earlier when the requests do.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>An answer that takes longer than this is an error.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Called with every expected answer; null for none.</summary>
    public ResponseObserver? Observer { get; init; }

    /// <summary>Called when the window opens and when it closes, to read the servers' meters.</summary>
    public Action? AtWindowEdge { get; init; }
}
