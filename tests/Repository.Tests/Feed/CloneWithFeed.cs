using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace Repository.Tests.Feed;

/// <summary>The build files of this repository in a folder of their own, beside a package feed with chosen, empty packages.</summary>
internal sealed class CloneWithFeed : IDisposable
{
    /// <summary>What the feed is asked about, and the packages of each.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Probes = RepositoryFiles.Below("eng/feed-probe", ".csproj").ToDictionary(
        path => Path.GetFileNameWithoutExtension(path),
        path => XDocument.Parse(RepositoryFiles.Read(path)).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value).ToArray(),
        StringComparer.Ordinal);

    private static readonly string[] BuildFiles = ["Directory.Packages.props", "Directory.Build.targets", "global.json"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("feed-probe-");

    /// <summary>Makes one whose feed has the packages of some probes.</summary>
    public CloneWithFeed(params IReadOnlyList<string> probes)
    {
        foreach (var path in (string[])[.. BuildFiles, .. RepositoryFiles.Below("eng/feed-probe")])
        {
            Write(path, RepositoryFiles.Read(path));
        }

        Write("Directory.Build.props", """<Project><Import Project="eng/feed-probe/Feed.props" /></Project>""");
        Write(
            "app/app.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="Azure.Data.Tables" Condition="'$(HasAzureDataTables)' == 'true'" /></ItemGroup>
            </Project>
            """);
        Write("NuGet.config", Sources("feed"));
        Directory.CreateDirectory(Feed);
        foreach (var package in probes.SelectMany(probe => Probes[probe]))
        {
            Pack(package, VersionOf(package));
        }
    }

    /// <summary>Gets the names of the answers that are kept.</summary>
    public IReadOnlyList<string> KeptAnswers => Directory.Exists(At("artifacts/feed"))
        ? [.. Directory.EnumerateFiles(At("artifacts/feed"), "*.props").Select(path => Path.GetFileName(path))]
        : [];

    /// <summary>Gets what the last restore took for the project.</summary>
    public string RestoredPackages => File.ReadAllText(At("app/obj/project.assets.json"));

    private string Feed => At("feed");

    public void EmptyTheFeed()
    {
        Directory.Delete(Feed, recursive: true);
        Directory.CreateDirectory(Feed);
    }

    /// <summary>Puts an empty package into the feed.</summary>
    public void Pack(string id, string version)
    {
        using var archive = ZipFile.Open(Path.Combine(Feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry($"{id}.nuspec").Open());
        writer.Write(
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>Empty.</description></metadata>
            </package>
            """);
    }

    /// <summary>Names a feed on a port where nobody listens.</summary>
    public void PointAtADeadFeed() => Write("NuGet.config", Sources("http://127.0.0.1:1/index.json"));

    /// <summary>Restores a project and gives what was said.</summary>
    public async Task<string> RestoreAsync() => (await Dotnet.RunAsync(_folder.FullName, Variables, "restore", At("app/app.csproj"))).Output;

    /// <summary>Evaluates a project as a build would, and gives the probes whose packages it takes to be there.</summary>
    public async Task<IReadOnlyList<string>> EvaluateAsync(params string[] arguments)
    {
        var (exitCode, output) = await Dotnet.RunAsync(
            _folder.FullName,
            Variables,
            ["msbuild", At("app/app.csproj"), $"-getProperty:{string.Join(',', Probes.Keys.Select(probe => "Has" + probe))},TargetFramework", .. arguments]);
        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(output);
        var properties = json.RootElement.GetProperty("Properties");
        return [.. Probes.Keys.Where(probe => properties.GetProperty("Has" + probe).GetString() == "true")];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // Nothing of it may be found in, or get into, the packages of this user.
        ["NUGET_PACKAGES"] = At("packages"),
        ["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1",
    };

    private static string Sources(string feed) =>
        $"""<configuration><packageSources><clear /><add key="only" value="{feed}" allowInsecureConnections="true" /></packageSources></configuration>""";

    // The version that the build asks for on a feed that has everything is the first one named.
    private static string VersionOf(string package) => XDocument.Parse(RepositoryFiles.Read("Directory.Packages.props"))
        .Descendants("PackageVersion")
        .First(version => version.Attribute("Include")?.Value == package)
        .Attribute("Version")!.Value;

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
