using Bench.Runner.Contests;
using Bench.Runner.Loads;

namespace Bench.Runner.Probes;

/// <summary>What listing 20 sessions of a user costs beside few and beside many sessions of others.</summary>
internal sealed class ListProbe(CountingRig rig, OurLoads ours, OurRequests requests, int few, int many) : IProbe
{
    public const string Name = "list 20 of a user";
    public const string Calls = "table calls beside many, against few";
    public const string Entities = "entities read beside many, against few";
    private const int Users = 15;
    private const int Each = 20;

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        await ours.Sessions.CreateAsync(few, cancellationToken);
        var beside = await CostAsync(cancellationToken);
        await ours.Sessions.CreateAsync(many - few, cancellationToken);
        var besideMany = await CostAsync(cancellationToken);
        return new ProbeResult(
            Name,
            [
                new ProbeFigure($"table calls beside {few}", beside.Table.Calls, string.Empty),
                new ProbeFigure($"table calls beside {many}", besideMany.Table.Calls, string.Empty),
                new ProbeFigure($"entities read beside {few}", beside.Table.EntitiesRead, string.Empty),
                new ProbeFigure($"entities read beside {many}", besideMany.Table.EntitiesRead, string.Empty),
                new ProbeFigure(Calls, (double)besideMany.Table.Calls / beside.Table.Calls, "×"),
                new ProbeFigure(Entities, (double)besideMany.Table.EntitiesRead / beside.Table.EntitiesRead, "×"),
            ]);
    }

    private async Task<CallCost> CostAsync(CancellationToken cancellationToken)
    {
        var users = await ours.Sessions.CreateUsersAsync(Users, Each, cancellationToken);
        return await rig.CostAsync([.. users.Select(user => requests.List(user, pageSize: 100))], 200, cancellationToken);
    }
}
