using System.Diagnostics;
using System.Globalization;
using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Servers;

namespace Bench.Runner.Probes;

/// <summary>What purging the due costs beside few and beside many live sessions, and what rebuilding all of them costs.</summary>
internal sealed class PurgeProbe(Stand stand, OurServers servers, OurRequests requests, int due, int few, int many) : IProbe
{
    public const string Name = "purge and rebuild";
    public const string Calls = "purge: table calls beside many live, against few";
    public const string EntitiesPerDue = "purge: entities read, against entry, row and head of each due";

    // An entry, its row and its user's head.
    private const int EntitiesNeeded = 3;

    private static readonly TimeSpan Ago = TimeSpan.FromHours(4);
    private readonly List<ProbeFigure> _figures = [];

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var beside = await PurgeAsync(few, cancellationToken);
        var besideMany = await PurgeAsync(many, cancellationToken);
        _figures.Add(new ProbeFigure(Calls, (double)besideMany.Calls / beside.Calls, "×"));
        _figures.Add(new ProbeFigure(EntitiesPerDue, (double)besideMany.EntitiesRead / (due * EntitiesNeeded), "×"));
        return new ProbeResult(Name, _figures);
    }

    private async Task<StoreCount> PurgeAsync(int live, CancellationToken cancellationToken)
    {
        await using var store = await CountingStore.StartAsync(stand.Azurite.ConnectionString, cancellationToken);
        var tables = new SeededTables(string.Create(CultureInfo.InvariantCulture, $"purge{live}"), stand.Azurite.ConnectionString, servers);
        var variables = tables.Variables;
        variables["Tables__ConnectionString"] = store.ConnectionString;

        // The server makes the tables when it starts.
        await using var server = await BenchServer.StartAsync(servers.RecipeOf("ours, purge", variables), cancellationToken);
        await tables.CreateAsync("live", live, TimeSpan.Zero, cancellationToken);
        await tables.CreateAsync("due", due, Ago, cancellationToken);

        var rig = new CountingRig(server, store, stand.RedisMeter);
        var purge = await MeasureAsync($"purge of {due} due beside {live} live", rig, requests.Purge(), cancellationToken);
        await MeasureAsync($"rebuild of {live}", rig, requests.Rebuild(), cancellationToken);
        return purge;
    }

    private async Task<StoreCount> MeasureAsync(string work, CountingRig rig, byte[] request, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var cost = (await rig.CostAsync([request], 200, cancellationToken)).Table;
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        _figures.Add(new ProbeFigure(
            work,
            cost.Calls,
            string.Create(CultureInfo.InvariantCulture, $"table calls ({cost.PointReads} point reads, {cost.Queries} queries, {cost.Writes} writes, {cost.Transactions} transactions; {cost.EntitiesRead} entities read), {seconds:F1} s")));
        return cost;
    }
}
