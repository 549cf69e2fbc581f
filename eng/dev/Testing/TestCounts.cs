using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Dev.Testing;

/// <summary>Number of tests by outcome.</summary>
/// <param name="Passed">As they should.</param>
/// <param name="Failed">Failed, broken off or never reported.</param>
/// <param name="Skipped">Did not run.</param>
internal sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    public int Total => Passed + Failed + Skipped;

    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads a JUnit report. A suite without one failed, whatever its exit code.</summary>
    /// <param name="path">The report.</param>
    /// <param name="exitCode">The exit code of the run that wrote it.</param>
    public static TestCounts ReadJUnit(string path, int exitCode)
    {
        if (!File.Exists(path))
        {
            return new TestCounts(Passed: 0, Failed: 1, Skipped: 0);
        }

        XElement[] tests;
        try
        {
            tests = [.. XDocument.Load(path).Descendants("testcase")];
        }
        catch (XmlException)
        {
            return new TestCounts(Passed: 0, Failed: 1, Skipped: 0);
        }

        var failed = tests.Count(test => test.Element("failure") is not null || test.Element("error") is not null);
        var skipped = tests.Count(test => test.Element("skipped") is not null);
        return new TestCounts(tests.Length - failed - skipped, exitCode != 0 && failed == 0 ? 1 : failed, skipped);
    }

    /// <summary>Reads a TRX report.</summary>
    /// <param name="path">The report.</param>
    /// <param name="exitCode">The exit code of the run that wrote it.</param>
    public static TestCounts Read(string path, int exitCode)
    {
        var counters = File.Exists(path)
            ? XDocument.Load(path).Descendants().FirstOrDefault(element => element.Name.LocalName == "Counters")
            : null;
        var passed = Count("passed");
        var skipped = Count("total") - Count("executed");
        var failed = Count("total") - passed - skipped;

        // A run that broke off reports what it got to; that must never look like success.
        return new TestCounts(passed, exitCode != 0 && failed == 0 ? 1 : failed, skipped);

        int Count(string name) => int.Parse(counters?.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
    }
}
