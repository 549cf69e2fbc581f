using Bench.Runner.Contests;
using Bench.Runner.Loads;

namespace Bench.Runner.Probes;

/// <summary>Store calls of each operation.</summary>
internal sealed class CallsProbe(CountingRig rig, OurLoads ours, OurRequests requests) : IProbe
{
    public const string Name = "store calls of an operation";
    public const string Malformed = "introspect, malformed token: table calls";
    public const string Forged = "introspect, forged token: table calls";
    public const string TouchWrites = "introspect with touch, inside the window: table writes";
    public const string SignOutCalls = "sign out of 90 beside 1: table calls";
    private const int Times = 15;
    private readonly List<ProbeFigure> _figures = [];

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var sessions = await ours.Sessions.CreateAsync(Times, cancellationToken);
        await CostAsync("introspect, cold", sessions.Select(session => requests.Introspect(session.Token, touch: false)), 200, cancellationToken);
        await CostAsync("introspect, hot", sessions.Select(session => requests.Introspect(session.Token, touch: false)), 200, cancellationToken);
        var touch = await CostAsync("introspect with touch, inside the window", sessions.Select(session => requests.Introspect(session.Token, touch: true)), 200, cancellationToken);
        var malformed = await CostAsync("introspect, malformed token", sessions.Select(session => requests.Introspect(session.Token[..^1], touch: true)), 200, cancellationToken);
        var forged = await CostAsync("introspect, forged token", sessions.Select(session => requests.Introspect(OurRequests.Forge(session.Token), touch: true)), 200, cancellationToken);
        await CostAsync("who am I, hot", sessions.Select(session => OurRequests.WhoAmI(session.Token)), 200, cancellationToken);
        long[] users = [.. Enumerable.Range(0, Times).Select(_ => ours.Sessions.NextUser())];
        await CostAsync("create, a user's first", users.Select(requests.Create), 201, cancellationToken);
        await CostAsync("create, a user's second", users.Select(requests.Create), 201, cancellationToken);
        await CostAsync("PATCH data", sessions.Select(session => requests.Patch(session.Sid)), 200, cancellationToken);
        await CostAsync("rotate", sessions.Select(session => requests.Rotate(session.Sid)), 200, cancellationToken);
        await CostAsync("revoke", sessions.Select(session => requests.Revoke(session.Sid)), 204, cancellationToken);
        var signOuts = new List<CallCost>();
        foreach (var each in (int[])[1, 20, 90])
        {
            var many = await ours.Sessions.CreateUsersAsync(Times, each, cancellationToken);
            signOuts.Add(await CostAsync($"sign out everywhere, of {each}", many.Select(requests.SignOutEverywhere), 200, cancellationToken));
        }

        _figures.Add(new ProbeFigure(Malformed, malformed.Table.Calls, string.Empty));
        _figures.Add(new ProbeFigure(Forged, forged.Table.Calls, string.Empty));
        _figures.Add(new ProbeFigure(TouchWrites, touch.Table.Writes + touch.Table.Transactions, string.Empty));
        _figures.Add(new ProbeFigure(SignOutCalls, (double)signOuts[^1].Table.Calls / signOuts[0].Table.Calls, "×"));
        return new ProbeResult(Name, _figures);
    }

    private async Task<CallCost> CostAsync(string operation, IEnumerable<byte[]> sent, int status, CancellationToken cancellationToken)
    {
        var cost = await rig.CostAsync([.. sent], status, cancellationToken);
        var table = cost.Table;
        _figures.Add(new ProbeFigure(
            operation,
            table.Calls,
            $"table calls ({table.PointReads} point reads, {table.Queries} queries, {table.Writes} writes, {table.Transactions} transactions; {table.EntitiesRead} entities read), {cost.RedisCommands} Redis commands"));
        return cost;
    }
}
