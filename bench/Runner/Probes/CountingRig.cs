using Bench.Driver;
using Bench.Runner.Contests;
using Bench.Runner.Meters;
using Bench.Runner.Servers;

namespace Bench.Runner.Probes;

/// <summary>
/// A server of ours behind the counting store. Requests are sequential, and the store calls of each are counted. The result is the
/// median, which excludes the server's occasional background calls.
/// </summary>
internal sealed class CountingRig(BenchServer server, CountingStore store, RedisMeter redis)
{
    public BenchServer Server => server;

    public StoreCount Total => store.Count;

    public async Task<CallCost> CostAsync(IReadOnlyList<byte[]> requests, int status, CancellationToken cancellationToken)
    {
        var costs = new List<CallCost>(requests.Count);
        var before = store.Count;
        var commands = redis.Read().Commands;
        await Arena.DriveAsync(
            new LoadPlan
            {
                Endpoint = server.Endpoint,
                Requests = index => index < requests.Count ? requests[(int)index] : default(ReadOnlyMemory<byte>),
                Expected = [status],
                Connections = 1,
                WarmUp = TimeSpan.Zero,
                Window = TimeSpan.FromMinutes(10),
                AnswerWithin = TimeSpan.FromMinutes(5),
                Observer = (_, _, _) =>
                {
                    var now = store.Count;
                    var commandsNow = redis.Read().Commands;

                    // The meter's own question is a command too.
                    costs.Add(new CallCost(now - before, commandsNow - commands - 1));
                    before = now;
                    commands = commandsNow;
                },
            },
            cancellationToken);
        return CallCost.MedianOf(costs);
    }
}
