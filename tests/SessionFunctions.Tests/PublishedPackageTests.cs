using System.Diagnostics;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Support.Hosts;

namespace SessionFunctions.Tests;

/// <summary>What <c>azd deploy</c> publishes: it runs <c>dotnet publish</c> and names no platform.</summary>
public sealed class PublishedPackageTests
{
    private const string Project = "src/SessionFunctions/SessionFunctions.csproj";

    private static readonly string[] Names = ["RuntimeIdentifier", "PublishReadyToRun", "SelfContained"];

    [Fact]
    public async Task A_published_package_holds_native_code_of_the_product_and_runs_on_the_installed_runtime()
    {
        var folder = Directory.CreateTempSubdirectory("published-");
        try
        {
            // Analysis changes nothing that is published. Intermediate files for another platform stay out of the checkout.
            var (exitCode, output) = await DotnetAsync(
                "publish", Checkout.PathOf(Project), "-c", "Release", "--artifacts-path", folder.FullName, "-p:SkipAnalyzers=true", "--nologo", "-v", "minimal");
            Assert.True(exitCode == 0, output);

            var published = Path.Combine(folder.FullName, "publish", "SessionFunctions", "release_linux-x64");
            Assert.All(
                ["SessionFunctions.dll", "SessionHosting.dll", "SessionApi.dll", "SessionCore.dll"],
                file => Assert.True(HoldsNativeCode(Path.Combine(published, file)), $"{file} holds no native code."));
            Assert.False(File.Exists(Path.Combine(published, "System.Private.CoreLib.dll")), "The package carries a runtime.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_assembly_that_is_built_holds_none() => Assert.False(HoldsNativeCode(typeof(PublishedPackageTests).Assembly.Location));

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

    private static bool HoldsNativeCode(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        return reader.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static async Task<Dictionary<string, string?>> EvaluateAsync(params IReadOnlyList<string> arguments)
    {
        var (_, output) = await DotnetAsync(["msbuild", Checkout.PathOf(Project), "-nologo", $"-getProperty:{string.Join(',', Names)}", .. arguments]);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString());
    }

    private static async Task<(int ExitCode, string Output)> DotnetAsync(params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };

        // A test host carries the settings of the build that started it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // A node that stays would hold our pipe open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
