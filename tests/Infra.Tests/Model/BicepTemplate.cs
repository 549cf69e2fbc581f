using Infra.Tests.Parsing;

namespace Infra.Tests.Model;

/// <summary>All Bicep files of a deployment by their paths.</summary>
internal sealed class BicepTemplate
{
    private BicepTemplate(IReadOnlyDictionary<string, BicepFile> files) => Files = files;

    public IReadOnlyDictionary<string, BicepFile> Files { get; }

    public IEnumerable<BicepResource> Resources => Files.Values.SelectMany(file => file.Resources);

    public static Dictionary<string, string> ReadSources()
    {
        var folder = RepositoryRoot.Combine("infra");
        return Directory.EnumerateFiles(folder, "*.bicep", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }

    public static BicepTemplate Parse(BicepParser parser, IEnumerable<KeyValuePair<string, string>> sources) => new(
        sources.ToDictionary(source => source.Key, source => new BicepFile(source.Key, parser.Parse(source.Value)), StringComparer.Ordinal));

    /// <summary>Lists the resources of a type that the deployment makes.</summary>
    public IEnumerable<BicepResource> Made(string type) => Resources.Where(resource => !resource.IsExisting && resource.Type == type);
}
