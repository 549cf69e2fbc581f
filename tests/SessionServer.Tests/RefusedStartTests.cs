using System.Net;
using System.Net.Sockets;
using Support.Hosts;

namespace SessionServer.Tests;

/// <summary>A wrong configuration stops the start, with one clear line for each fault and nothing else.</summary>
public sealed class RefusedStartTests
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "Keys__Ring__0__Key", "changeme", "Keys:Ring:0:Key" },
        { "Keys__Ring__0__Id", "one", "Keys:Ring:0:Id" },
        { "Tables__ConnectionString", "AccountName=only", "Tables" },
        { "Sessions__Aal2__IdleTimeout", "2.00:00:00", "Sessions:Aal2:IdleTimeout" },
        { "ServiceKeys__0__ExpiresAt", "yesterday", "ServiceKeys:0:ExpiresAt" },
        { "RateLimit__Failures", "many", "RateLimit:Failures" },
    };

    [Fact]
    public async Task Without_a_key_ring_the_server_does_not_start_outside_Development()
    {
        var (exitCode, lines) = await StartAsync([]);

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, line => line.StartsWith("Configuration: Keys:Ring is empty.", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.StartsWith("Configuration: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_told_in_a_line_that_names_it(string name, string value, string told)
    {
        var (exitCode, lines) = await StartAsync(new Dictionary<string, string>(Sound()) { [name] = value });

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, line => line.Contains(told, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.StartsWith("Configuration: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_in_use_is_told_in_a_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();

        var (exitCode, output, errors) = await RefusedStart.RunAsync("SessionServer", Sound(), "--urls", $"http://{listener.LocalEndpoint}");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Start: Failed to bind to address http://{listener.LocalEndpoint}: address already in use.", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain(output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_of_every_section_are_told_at_once()
    {
        var settings = Sound();
        settings["Sessions__Aal2__AbsoluteLifetime"] = "24:00:00";
        settings["ServiceKeys__0__ExpiresAt"] = "gestern";
        settings["RateLimit__Failures"] = "many";
        settings["Cache__MaxAge"] = "1.00:00:00";
        settings["Cookies__SameSit"] = "Lax\nforged line";

        var (exitCode, lines) = await StartAsync(settings);

        Assert.Equal(1, exitCode);
        string[] told = ["Sessions:Aal2:AbsoluteLifetime: '24:00:00' has 24 hours", "ServiceKeys:0:ExpiresAt: 'gestern'", "RateLimit:Failures: 'many'", "Cache:MaxAge must be between", "Cookies:SameSit: Unknown option."];
        Assert.All(told, begin => Assert.Single(lines, line => line.StartsWith("Configuration: " + begin, StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.StartsWith("Configuration: ", line, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Sound() => new(StringComparer.Ordinal)
    {
        ["Keys__Ring__0__Id"] = "1",
        ["Keys__Ring__0__Key"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
        ["Keys__Ring__0__State"] = "Active",
        ["Tables__ConnectionString"] = "UseDevelopmentStorage=true",
    };

    private static async Task<(int ExitCode, IReadOnlyList<string> Lines)> StartAsync(Dictionary<string, string> settings)
    {
        var (exitCode, _, errors) = await RefusedStart.RunAsync("SessionServer", settings, "--urls", "http://127.0.0.1:0");
        return (exitCode, errors);
    }
}
