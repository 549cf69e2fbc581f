using System.Security.Cryptography;
using Support.Hosts;

namespace SessionFunctions.Tests;

/// <summary>A wrong configuration stops the worker, with one clear line for each fault and no stack trace.</summary>
public sealed class RefusedStartTests
{
    [Fact]
    public async Task Faults_of_every_section_are_told_at_once()
    {
        var (exitCode, output, errors) = await RefusedStart.RunAsync(
            "SessionFunctions",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Keys__Ring__0__Id"] = "one",
                ["Keys__Ring__0__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                ["Keys__Ring__0__State"] = "Active",
                ["Tables__ConnectionString"] = "UseDevelopmentStorage=true",
                ["Sessions__Aal2__AbsoluteLifetime"] = "24",
                ["Maintenance__LeaseTime"] = "00:00:01",
                ["ServiceKeys__0__ExpiresAt"] = "gestern",
            });

        Assert.Equal(1, exitCode);
        string[] told = ["Keys:Ring:0:Id: 'one' is not a whole number", "Sessions:Aal2:AbsoluteLifetime: '24' has no unit", "Maintenance:LeaseTime must be between", "ServiceKeys:0:ExpiresAt: 'gestern'"];
        Assert.All(told, begin => Assert.Single(errors, line => line.StartsWith("Configuration: " + begin, StringComparison.Ordinal)));
        Assert.All(errors, line => Assert.StartsWith("Configuration: ", line, StringComparison.Ordinal));
        Assert.Empty(output);
    }
}
