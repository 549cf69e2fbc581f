using Support.Servers;

namespace Bench.Runner.Servers;

/// <summary>The product in the forms that contests compare; all on the same tables but where it says otherwise.</summary>
/// <param name="Main">With Redis, as by default.</param>
/// <param name="Uncached">Without a cache.</param>
/// <param name="Degraded">Configured with a Redis that has gone.</param>
/// <param name="InProcess">With live sessions kept in the process for a second.</param>
/// <param name="OfUsers">
/// As <paramref name="Main"/>, on tables of its own: contests about users of many sessions fill them, and Azurite slows with the rows of a
/// table, which are the raw calls' only where both make as many.
/// </param>
/// <param name="OfUsersUncached">As <paramref name="OfUsers"/>, without a cache.</param>
internal sealed record OurField(
    BenchServer Main, BenchServer Uncached, BenchServer Degraded, BenchServer InProcess, BenchServer OfUsers, BenchServer OfUsersUncached)
{
    public static async Task<OurField> StartAsync(OurServers servers, CancellationToken cancellationToken)
    {
        var main = await servers.StartAsync("ours", Nothing, cancellationToken);
        var uncached = await servers.StartAsync("ours without cache", Only("Cache__ConnectionString", string.Empty), cancellationToken);

        // It starts with its Redis there, and keeps on trying once that is gone.
        await using var redis = await RedisServer.StartAsync(cancellationToken);
        var degraded = await servers.StartAsync("ours, Redis down", Only("Cache__ConnectionString", redis.Address), cancellationToken);
        var inProcess = await servers.StartAsync("ours, in-process cache", Only("Cache__LocalAge", "00:00:01"), cancellationToken);
        var ofUsers = await servers.StartAsync("ours, many sessions each", OwnTables, cancellationToken);
        var ofUsersUncached = await servers.StartAsync(
            "ours, many sessions each, without cache", new Dictionary<string, string>(OwnTables, StringComparer.Ordinal) { ["Cache__ConnectionString"] = string.Empty }, cancellationToken);
        return new OurField(main, uncached, degraded, inProcess, ofUsers, ofUsersUncached);
    }

    private static Dictionary<string, string> OwnTables => new(StringComparer.Ordinal) { ["Tables__SessionsTable"] = "usersessions", ["Tables__DueTable"] = "usersessionsdue" };

    private static Dictionary<string, string> Nothing => new(StringComparer.Ordinal);

    private static Dictionary<string, string> Only(string variable, string value) => new(StringComparer.Ordinal) { [variable] = value };
}
