using System.IO.Compression;
using System.Xml.Linq;

namespace Repository.Tests.Packages;

/// <summary>The NuGet packages as <c>dotnet pack</c> makes them.</summary>
public sealed class PackageTests
{
    private static readonly string[] Targets = ["net10.0", "net8.0"];

    [Theory]
    [InlineData("SessionFunctions.Client", "Azure.Core,Microsoft.Extensions.Http.Resilience", "Azure.Core,Microsoft.Extensions.Http.Resilience")]
    [InlineData("SessionFunctions.AspNetCore", "Microsoft.IdentityModel.JsonWebTokens,SessionFunctions.Client", "Microsoft.Extensions.Caching.Abstractions,Microsoft.IdentityModel.JsonWebTokens,SessionFunctions.Client")]
    public async Task A_package_holds_what_it_should_and_depends_on_what_it_must(string id, string dependencies, string dependenciesOfNet8)
    {
        var output = Directory.CreateTempSubdirectory("packages-");
        try
        {
            await PackAsync(id, output.FullName);

            await using var package = await ZipFile.OpenReadAsync(Assert.Single(output.GetFiles("*.nupkg")).FullName);
            string[] library = [.. Targets.SelectMany(target => new[] { $"lib/{target}/{id}.dll", $"lib/{target}/{id}.xml" })];
            Assert.Equal(["README.md", "icon.png", .. library], Content(package));
            await using var symbols = await ZipFile.OpenReadAsync(Assert.Single(output.GetFiles("*.snupkg")).FullName);
            Assert.Equal(Targets.Select(target => $"lib/{target}/{id}.pdb"), Content(symbols));

            var metadata = Metadata(package, id);
            Assert.Equal(("MIT", "README.md", "icon.png"), (Value(metadata, "license"), Value(metadata, "readme"), Value(metadata, "icon")));
            Assert.Equal(dependencies, Dependencies(metadata, "net10.0"));
            Assert.Equal(dependenciesOfNet8, Dependencies(metadata, "net8.0"));
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("SessionFunctions.Client")]
    [InlineData("SessionFunctions.AspNetCore")]
    public void The_first_ten_lines_of_a_readme_hold_a_working_swap(string id)
    {
        var lines = RepositoryFiles.Read($"clients/dotnet/{id}/README.md").Split('\n').Take(10).ToArray();

        Assert.Equal(2, lines.Count(line => line.StartsWith("```", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("AddSessions", StringComparison.Ordinal));
    }

    private static async Task PackAsync(string id, string output)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // output lies below bin and the configuration's name
        var (exitCode, printed) = await Dotnet.RunAsync(
            RepositoryFiles.Root,
            new Dictionary<string, string>(),
            "pack", $"clients/dotnet/{id}/{id}.csproj", "-c", configuration, "--no-build", "-o", output, "-v", "q", "--nologo");
        Assert.True(exitCode == 0, printed);
    }

    private static IEnumerable<string> Content(ZipArchive package) => package.Entries
        .Select(entry => entry.FullName)
        .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml" && !name.EndsWith(".nuspec", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static XElement Metadata(ZipArchive package, string id)
    {
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string Dependencies(XElement metadata, string target) => string.Join(
        ',',
        metadata.Descendants()
            .Where(element => element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies" && element.Attribute("targetFramework")?.Value == target)
            .SelectMany(group => group.Elements())
            .Select(dependency => dependency.Attribute("id")!.Value)
            .Order(StringComparer.Ordinal));
}
