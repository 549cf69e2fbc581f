using Bench.Driver;

namespace Bench.Runner.Contests;

/// <summary>The requests of one round.</summary>
/// <param name="Requests">Where they come from.</param>
/// <param name="Status">The status that every answer must have.</param>
/// <param name="WarmUpRequests">How many of them at most are for warming up.</param>
internal sealed record ContenderLoad(RequestSource Requests, int Status = 200, long WarmUpRequests = long.MaxValue)
{
    // Of requests that can be sent only once, the first sixth.
    private const int WarmUpShare = 6;

    /// <summary>Sends the requests again and again.</summary>
    public static ContenderLoad Repeat(IReadOnlyList<byte[]> requests, int status = 200)
        => new(index => requests[(int)(index % requests.Count)], status);

    /// <summary>Sends every request once; the round ends with them.</summary>
    public static ContenderLoad Once(IReadOnlyList<byte[]> requests, int status = 200)
        => new(index => index < requests.Count ? requests[(int)index] : default(ReadOnlyMemory<byte>), status, requests.Count / WarmUpShare);
}
