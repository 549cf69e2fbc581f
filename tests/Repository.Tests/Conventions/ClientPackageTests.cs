using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>The packages of the clients are one product: they share its version, and their pages are found.</summary>
public sealed partial class ClientPackageTests
{
    private const int LimitMilliseconds = 5000;

    public static TheoryData<string> NodePackages => [.. NodePackagePaths()];

    [Theory]
    [MemberData(nameof(NodePackages))]
    public void An_npm_package_has_the_version_of_the_product(string path)
    {
        using var package = JsonDocument.Parse(RepositoryFiles.Read(path));

        Assert.Equal(VersionOfProduct(), package.RootElement.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("clients/python/pyproject.toml")]
    [InlineData("clients/python/session_functions/__init__.py")]
    public void The_Python_package_has_the_version_of_the_product(string path)
    {
        var version = PythonVersion().Match(RepositoryFiles.Read(path));

        Assert.Equal(VersionOfProduct(), version.Groups["version"].Value);
    }

    [Fact]
    public void The_table_of_clients_leads_to_every_package()
    {
        var table = RepositoryFiles.Read("clients/README.md");

        var missing = RepositoryFiles.Below("clients", ".csproj").Where(path => path.StartsWith("clients/dotnet", StringComparison.Ordinal))
            .Concat(NodePackagePaths())
            .Append("clients/python/pyproject.toml")
            .Select(path => $"({Path.GetDirectoryName(path)!.Replace('\\', '/')["clients/".Length..]}/README.md)")
            .Where(link => !table.Contains(link, StringComparison.Ordinal));

        Offenders.None(missing);
    }

    [Fact]
    public void The_index_of_the_frameworks_leads_to_every_page()
    {
        var index = RepositoryFiles.Read("docs/integrate/README.md");

        var missing = RepositoryFiles.Below("docs/integrate", ".md")
            .Where(path => !path.EndsWith("README.md", StringComparison.Ordinal))
            .Where(path => Regex.Count(index, $@"\({Regex.Escape(Path.GetFileName(path))}\)") != 1);

        Offenders.None(missing);
    }

    private static IEnumerable<string> NodePackagePaths() =>
        RepositoryFiles.Below("clients/typescript", "/package.json").Where(path => path.Split('/').Length == 4);

    private static string VersionOfProduct() => ProductVersion().Match(RepositoryFiles.Read("Directory.Build.props")).Groups["version"].Value;

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex ProductVersion();

    [GeneratedRegex("^(?:__version__|version) = \"(?<version>[^\"]+)\"", RegexOptions.Multiline, LimitMilliseconds)]
    private static partial Regex PythonVersion();
}
