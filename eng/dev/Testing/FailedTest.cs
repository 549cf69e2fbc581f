using System.Xml;
using System.Xml.Linq;

namespace Dev.Testing;

/// <summary>A test that a report says has failed. The run names all of them again at its end, where nobody has to look for them.</summary>
/// <param name="Suite">The project or suite, from the report's file name.</param>
/// <param name="Name">Its full name.</param>
/// <param name="Message">The first lines of what went wrong.</param>
internal sealed record FailedTest(string Suite, string Name, string Message)
{
    private const int LinesOfMessage = 6;

    /// <summary>Reads every report of a folder, TRX and JUnit. A report that breaks off names none; its run is counted as failed.</summary>
    /// <param name="folder">The folder; none need exist.</param>
    public static IReadOnlyList<FailedTest> ReadAll(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(Read)]
        : [];

    /// <inheritdoc/>
    public override string ToString() => $"  ✖ {Suite}: {Name}\n{Message}";

    private static IEnumerable<FailedTest> Read(string path)
    {
        XDocument report;
        try
        {
            report = XDocument.Load(path);
        }
        catch (XmlException)
        {
            return [];
        }

        var suite = Path.GetFileNameWithoutExtension(path);
        return [.. report.Descendants().Select(element => OfTrx(suite, element) ?? OfJUnit(suite, element)).OfType<FailedTest>()];
    }

    private static FailedTest? OfTrx(string suite, XElement element) =>
        element.Name.LocalName == "UnitTestResult" && element.Attribute("outcome")?.Value is not ("Passed" or "NotExecuted")
            ? new FailedTest(
                suite,
                element.Attribute("testName")?.Value ?? string.Empty,
                Shorten(element.Descendants().FirstOrDefault(inner => inner.Name.LocalName == "Message")?.Value))
            : null;

    private static FailedTest? OfJUnit(string suite, XElement element) =>
        element.Name.LocalName == "testcase" && (element.Element("failure") ?? element.Element("error")) is { } failure
            ? new FailedTest(suite, element.Attribute("name")?.Value ?? string.Empty, Shorten(failure.Attribute("message")?.Value ?? failure.Value))
            : null;

    private static string Shorten(string? message) => string.Join(
        '\n',
        (message ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Take(LinesOfMessage)
            .Select(line => $"      {line}"));
}
