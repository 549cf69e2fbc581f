using System.Text.RegularExpressions;
using Infra.Tests.Model;
using Infra.Tests.Parsing;
using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>An alert that looks for what the code does not say would be silent for ever.</summary>
public sealed partial class AlertQueryTests(BicepParser parser) : IClassFixture<BicepParser>
{
    [Fact]
    public void Every_message_an_alert_waits_for_is_logged()
    {
        var messages = Quoted(LogMessage()).ToList();
        var code = string.Concat(Sources());

        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.Contains($", \"{message}", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_metric_an_alert_reads_is_measured()
    {
        var metrics = Quoted(Metric()).ToList();
        var code = string.Concat(Sources());

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.Contains($"\"{metric}\"", code, StringComparison.Ordinal));
    }

    private IEnumerable<string> Quoted(Regex pattern) =>
        from alert in BicepTemplate.Parse(parser, BicepTemplate.ReadSources()).Made(ResourceTypes.QueryAlert)
        from node in alert.Body.DescendantsAndSelf()
        where node.PropertyName == "query"
        from Match match in pattern.Matches(node.Text)
        select match.Groups["text"].Value;

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText);

    [GeneratedRegex("Message startswith '(?<text>[^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex LogMessage();

    [GeneratedRegex("Name == '(?<text>session[^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Metric();
}
