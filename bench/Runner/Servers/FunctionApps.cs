namespace Bench.Runner.Servers;

/// <summary>Function apps, published as for deployment, each in a host of its own that speaks the worker's protocol (tests/FunctionsHost).</summary>
/// <param name="Ours">The product on Functions.</param>
/// <param name="Least">The least function app: a function that reads nothing, and one that reads Redis once.</param>
internal sealed record FunctionApps(BenchServer Ours, BenchServer Least)
{
    public static async Task<FunctionApps> StartAsync(Stand stand, OurServers servers, CancellationToken cancellationToken)
    {
        var ours = await RecipeOfOursAsync(stand, servers, cancellationToken);
        var host = await PublishHostAsync(stand, cancellationToken);
        var least = await stand.Repository.PublishServerAsync("bench/LeastFunctions", "Bench.LeastFunctions.dll", cancellationToken);
        return new FunctionApps(
            await stand.StartAsync(ours, cancellationToken),
            await stand.StartAsync(Recipes.Functions("least functions", host, least, stand.StoreVariables(), "/api/empty"), cancellationToken));
    }

    /// <summary>Publishes the product on Functions and tells how it is started.</summary>
    public static async Task<ServerRecipe> RecipeOfOursAsync(Stand stand, OurServers servers, CancellationToken cancellationToken)
    {
        var host = await PublishHostAsync(stand, cancellationToken);
        var app = await stand.Repository.PublishServerAsync("src/SessionFunctions", "SessionFunctions.dll", cancellationToken);
        return Recipes.Functions("ours, on Functions", host, app, servers.Variables, "/api/health/ready");
    }

    private static Task<string> PublishHostAsync(Stand stand, CancellationToken cancellationToken)
        => stand.Repository.PublishServerAsync("tests/FunctionsHost", "FunctionsHost.dll", cancellationToken);
}
