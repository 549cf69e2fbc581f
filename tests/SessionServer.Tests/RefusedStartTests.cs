using System.Diagnostics;
using SessionTesting.Hosts;

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
        var (exitCode, lines) = await StartAsync(new Dictionary<string, string>
        {
            ["Keys__Ring__0__Id"] = "1",
            ["Keys__Ring__0__Key"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
            ["Keys__Ring__0__State"] = "Active",
            ["Tables__ConnectionString"] = "UseDevelopmentStorage=true",
            [name] = value,
        });

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, line => line.Contains(told, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.StartsWith("Configuration: ", line, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string[] Lines)> StartAsync(Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltAssembly.Find("src", "SessionServer"), "--urls", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
