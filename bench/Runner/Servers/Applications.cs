namespace Bench.Runner.Servers;

/// <summary>One ASP.NET Core application with different authentications.</summary>
internal static class Applications
{
    public const string None = "no authentication";
    public const string Sessions = "AddSessions";
    public const string Cookies = "AddCookie, Redis ticket store";

    /// <summary>Starts them. The first has no authentication.</summary>
    public static async Task<IReadOnlyList<BenchServer>> StartAsync(Stand stand, OurServers servers, BenchServer api, CancellationToken cancellationToken)
    {
        var assembly = await stand.Repository.PublishServerAsync("bench/peers/AspNetCoreAuthentication", "Bench.Peers.AspNetCoreAuthentication.dll", cancellationToken);
        return
        [
            await servers.StartApplicationAsync(None, "", api, assembly, cancellationToken),
            await servers.StartApplicationAsync(Sessions, "Sessions", api, assembly, cancellationToken),
            await servers.StartApplicationAsync(Cookies, "Cookies", api, assembly, cancellationToken),
        ];
    }
}
