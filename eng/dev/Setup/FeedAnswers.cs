using System.Xml.Linq;

namespace Dev.Setup;

/// <summary>What the package feed answered at the last restore; see eng/feed-probe.</summary>
internal static class FeedAnswers
{
    private const string LeftOutSuffix = "LeftOut";

    /// <summary>Gives the parts that were left out and why, a sentence each.</summary>
    /// <param name="folder">Where the answers are kept.</param>
    public static IReadOnlyList<string> LeftOut(string folder) =>
    [
        .. PropertiesIn(folder)
            .Where(property => property.Name.LocalName.EndsWith(LeftOutSuffix, StringComparison.Ordinal) && property.Value.Length > 0)
            .Select(property => property.Value),
    ];

    /// <summary>Whether the feed has a set of packages, for example <c>FunctionsWorker</c>.</summary>
    /// <param name="folder">Where the answers are kept.</param>
    /// <param name="probe">The probe's name.</param>
    public static bool Has(string folder, string probe) => PropertiesIn(folder).Any(property => property.Name.LocalName == "Has" + probe && property.Value == "true");

    private static IEnumerable<XElement> PropertiesIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.props").Order(StringComparer.Ordinal).SelectMany(file => XDocument.Load(file).Descendants("PropertyGroup").Elements())
        : [];
}
