using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace SessionCore.Tests;

/// <summary>The folders of a project as layers: each depends only on those before it.</summary>
/// <param name="assembly">The project's assembly, named like its folder in <c>src</c> and its root namespace.</param>
/// <param name="layers">All folders of the project, the one that depends on no other first.</param>
internal sealed partial class LayerRules(Assembly assembly, string[] layers)
{
    private const int LimitMilliseconds = 5000;

    private readonly Architecture _architecture = new ArchLoader().LoadAssemblies(assembly).Build();
    private readonly string _project = assembly.GetName().Name!; // a compiled assembly has a name

    /// <summary>Checks that no type of a layer uses a type of a later layer or of the project's root, which composes the layers.</summary>
    public void AssertNoDependencyOnLaterLayers(string layer)
    {
        foreach (var later in Later(layer).Select(Pattern).Append($"^{_project}$"))
        {
            Types().That().ResideInNamespaceMatching(Pattern(layer))
                .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(later))
                .WithoutRequiringPositiveResults()
                .Check(_architecture);
        }
    }

    /// <summary>Checks the directives, because an unneeded <c>using</c> leaves no trace in the assembly.</summary>
    public void AssertNoUsingOfLaterLayers(string layer)
    {
        var later = Later(layer).ToHashSet(StringComparer.Ordinal);

        var against = Directory.EnumerateFiles(Path.Combine(SourceFolder(), layer), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Using().Matches(File.ReadAllText(file))
                .Where(match => match.Groups["project"].Value == _project && later.Contains(match.Groups["layer"].Value))
                .Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

        Assert.Empty(against);
    }

    /// <summary>Checks that the list names every folder with code.</summary>
    public void AssertEveryFolderIsALayer() =>
        Assert.Equal(
            layers.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(SourceFolder()).Select(folder => Path.GetFileName(folder))
                .Where(folder => folder is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal));

    private IEnumerable<string> Later(string layer) => layers.Skip(Array.IndexOf(layers, layer) + 1);

    private string Pattern(string layer) => $@"^{_project}\.{layer}(\..+)?$";

    private string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "src", _project);
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<project>\w+)\.(?<layer>\w+)[\w.]*;", RegexOptions.Multiline, LimitMilliseconds)]
    private static partial Regex Using();
}
