namespace Bench.Runner.Servers;

/// <summary>The product with events off and on, on the same tables.</summary>
/// <param name="Off">Without events.</param>
/// <param name="On">With events, which nobody delivers.</param>
internal sealed record EventServers(BenchServer Off, BenchServer On)
{
    public static async Task<EventServers> StartAsync(OurServers servers, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<string, string>(StringComparer.Ordinal) { ["Tables__SessionsTable"] = "eventsessions", ["Tables__DueTable"] = "eventsessionsdue" };
        var off = await servers.StartAsync("ours, events off", tables, cancellationToken);
        var on = await servers.StartAsync(
            "ours, events on", new Dictionary<string, string>(tables, StringComparer.Ordinal) { ["Events__Enabled"] = "true", ["Events__Deliver"] = "false" }, cancellationToken);
        return new EventServers(off, on);
    }
}
