using System.Diagnostics;
using System.Text.Json;
using SessionTesting.Hosts;

namespace SessionFunctions.Tests;

/// <summary>What <c>azd deploy</c> publishes: it runs <c>dotnet publish</c> and names no platform.</summary>
public sealed class PublishedPackageTests
{
    private static readonly string[] Names = ["RuntimeIdentifier", "PublishReadyToRun", "SelfContained"];

    [Fact]
    public async Task A_publish_is_compiled_ahead_of_time_for_the_platform_of_the_deployment()
    {
        var properties = await EvaluateAsync("-p:_IsPublishing=true");

        Assert.Equal("linux-x64", properties["RuntimeIdentifier"]);
        Assert.Equal("true", properties["PublishReadyToRun"]);
        Assert.Equal("false", properties["SelfContained"]);
    }

    [Fact]
    public async Task A_platform_that_is_asked_for_is_kept() =>
        Assert.Equal("linux-arm64", (await EvaluateAsync("-p:_IsPublishing=true", "-p:RuntimeIdentifier=linux-arm64"))["RuntimeIdentifier"]);

    [Fact]
    public async Task A_build_for_development_has_no_platform() => Assert.Equal("", (await EvaluateAsync())["RuntimeIdentifier"]);

    private static async Task<Dictionary<string, string?>> EvaluateAsync(params IReadOnlyList<string> arguments)
    {
        string[] all = ["msbuild", Checkout.PathOf("src/SessionFunctions/SessionFunctions.csproj"), "-nologo", $"-getProperty:{string.Join(',', Names)}", .. arguments];
        var start = new ProcessStartInfo(DotnetHost.Program, all) { RedirectStandardOutput = true };

        // A test host carries the settings of the build that started it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString());
    }
}
