using System.Text.RegularExpressions;
using Infra.Tests.Bicep;
using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>An alert that looks for what the code does not say would be silent for ever.</summary>
[Collection(SharedCompiler.Name)]
public sealed partial class AlertQueryTests(BicepCompiler compiler)
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
    public void Every_metric_an_alert_reads_is_an_instrument()
    {
        var metrics = Quoted(Metric()).ToList();
        var code = string.Concat(Sources());

        Assert.Contains("session.purge.backlog.age", metrics);
        Assert.All(metrics, metric => Assert.Matches($"meter\\.Create\\w+<\\w+>\\(\"{Regex.Escape(metric)}\"", code));
    }

    [Fact]
    public void Every_metric_an_alert_reads_is_seen_to_leave_the_hosts()
    {
        var test = File.ReadAllText(RepositoryRoot.Combine("tests", "HttpTests", "TelemetryExportTests.cs"));

        Assert.All(Quoted(Metric()), metric => Assert.Contains($"\"{metric}\"", test, StringComparison.Ordinal));
    }

    private IEnumerable<string> Quoted(Regex pattern) =>
        from alert in compiler.Sound.Full.Made(ResourceTypes.QueryAlert)
        from text in alert.Body.Strings()
        from Match match in pattern.Matches(text)
        select match.Groups["text"].Value;

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText);

    [GeneratedRegex("Message startswith '(?<text>[^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex LogMessage();

    [GeneratedRegex("Name == '(?<text>session[^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Metric();
}
