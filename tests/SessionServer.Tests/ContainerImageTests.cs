using System.Diagnostics;
using System.Text.Json;
using SessionServer.Tests.Documents;
using Support.Hosts;

namespace SessionServer.Tests;

/// <summary>The image that <c>dotnet publish -t:PublishContainer</c> makes, as the SDK computes it.</summary>
public sealed class ContainerImageTests
{
    [Fact]
    public async Task The_image_is_small_not_root_named_by_the_version_and_documented()
    {
        var image = await ComputeAsync();

        Assert.Equal("session-server", image["ContainerRepository"]);
        Assert.EndsWith("/aspnet:10.0-noble-chiseled", image["ContainerBaseImage"], StringComparison.Ordinal);
        Assert.Equal("1654", image["ContainerUser"]);
        Assert.Equal(image["Version"], image["ContainerImageTag"]);
        Assert.Equal("true", image["PublishReadyToRun"]);
        var rows = image.Where(property => property.Key.StartsWith("Container", StringComparison.Ordinal)).Select(property => $"| `{property.Key}` | `{property.Value}` |");
        var page = await File.ReadAllTextAsync(Path.Combine(Document.Root(), "docs/self-hosting.md"));
        Assert.All(rows, row => Assert.Contains(row, page, StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string?>> ComputeAsync()
    {
        string[] names = ["ContainerRepository", "ContainerImageTag", "ContainerBaseImage", "ContainerUser", "Version", "PublishReadyToRun"];
        string[] arguments =
        [
            "msbuild", Path.Combine(Document.Root(), "src/SessionServer/SessionServer.csproj"), "-nologo", "-t:ComputeContainerConfig",
            "-p:RuntimeIdentifier=linux-x64", "-p:_IsPublishing=true", $"-getProperty:{string.Join(',', names)}",
        ];
        var start = new ProcessStartInfo(DotnetHost.Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };

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
