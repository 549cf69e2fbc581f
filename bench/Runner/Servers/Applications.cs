namespace Bench.Runner.Servers;

/// <summary>One ASP.NET Core application with different authentications.</summary>
/// <param name="WithCookies">Those that have the user's cookie; the first has no authentication.</param>
/// <param name="WithPassports">Those that get a signed token; the first checks what any JWT has, and no end.</param>
/// <param name="Issuer">The server of the product that issues passports.</param>
internal sealed record Applications(IReadOnlyList<BenchServer> WithCookies, IReadOnlyList<BenchServer> WithPassports, BenchServer Issuer)
{
    public const string None = "no authentication";
    public const string Sessions = "AddSessions";
    public const string Kept = "AddSessions, by passport";
    public const string Cookies = "AddCookie, Redis ticket store";
    public const string Jwt = "AddJwtBearer";
    public const string Passports = "AddSessionPassports";

    /// <summary>Starts them.</summary>
    public static async Task<Applications> StartAsync(Stand stand, OurServers servers, BenchServer api, CancellationToken cancellationToken)
    {
        var assembly = await PublishAsync(stand, cancellationToken);
        var issuer = await servers.StartIssuerAsync(cancellationToken);
        Task<BenchServer> StartAsync(string name, string scheme, BenchServer ofApi) => servers.StartApplicationAsync(name, scheme, ofApi, assembly, cancellationToken);
        return new Applications(
            [await StartAsync(None, "", api), await StartAsync(Sessions, "Sessions", api), await StartAsync(Kept, "Kept", issuer), await StartAsync(Cookies, "Cookies", api)],
            [await StartAsync(Jwt, "Jwt", issuer), await StartAsync(Passports, "Passports", issuer)],
            issuer);
    }

    /// <summary>Publishes the application; returns its assembly.</summary>
    public static Task<string> PublishAsync(Stand stand, CancellationToken cancellationToken) =>
        stand.Repository.PublishServerAsync("bench/peers/AspNetCoreAuthentication", "Bench.Peers.AspNetCoreAuthentication.dll", cancellationToken);
}
