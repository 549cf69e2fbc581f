using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using SessionCore.Operations;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace SessionCore.Tests;

/// <summary>The folders of the core are layers: each uses only those that stand above it here (docs/architecture.md, "Layers").</summary>
public sealed partial class LayerTests
{
    private const int LimitMilliseconds = 5000;

    private static readonly string[] Layers = ["Configuration", "Pooling", "Protection", "Sessions", "Tables", "Caching", "Storage", "Operations", "Maintenance"];

    private static readonly Architecture Core = new ArchLoader().LoadAssemblies(typeof(SessionService).Assembly).Build();

    public static TheoryData<string> LayerNames => [.. Layers];

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void A_layer_depends_on_no_layer_below_it(string layer)
    {
        foreach (var below in Below(layer))
        {
            Types().That().ResideInNamespaceMatching(Pattern(layer))
                .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Pattern(below)))
                .WithoutRequiringPositiveResults()
                .Check(Core);
        }
    }

    // A using that nothing needs leaves no trace in the assembly.
    [Theory]
    [MemberData(nameof(LayerNames))]
    public void A_layer_has_no_using_of_a_layer_below_it(string layer)
    {
        var below = Below(layer).ToHashSet(StringComparer.Ordinal);

        var against = Directory.EnumerateFiles(Path.Combine(SourceFolder(), layer), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Using().Matches(File.ReadAllText(file))
                .Where(match => below.Contains(match.Groups["layer"].Value))
                .Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

        Assert.Empty(against);
    }

    [Fact]
    public void Every_folder_is_a_layer() =>
        Assert.Equal(
            Layers.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(SourceFolder()).Select(folder => Path.GetFileName(folder))
                .Where(folder => folder is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal));

    private static IEnumerable<string> Below(string layer) => Layers.Skip(Array.IndexOf(Layers, layer) + 1);

    private static string Pattern(string layer) => $@"^SessionCore\.{layer}(\..+)?$";

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "src", "SessionCore");
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?SessionCore\.(?<layer>\w+)[\w.]*;", RegexOptions.Multiline, LimitMilliseconds)]
    private static partial Regex Using();
}
