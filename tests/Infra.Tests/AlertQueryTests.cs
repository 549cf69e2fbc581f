using System.Globalization;
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
    public void No_alert_waits_for_a_metric_of_the_apps_own_because_the_functions_app_exports_none() => Assert.Empty(Quoted(Metric()));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(5400, "5400")]
    public void The_backlog_alert_finds_the_seconds_in_what_the_purge_logs(long seconds, string found)
    {
        var message = LoggedBacklog().Match(string.Concat(Sources())).Groups["text"].Value
            .Replace("{Seconds}", seconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var pattern = Quoted(Extracted()).Single();

        Assert.Equal(found, Regex.Match(message, pattern, RegexOptions.NonBacktracking).Groups[1].Value);
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

    [GeneratedRegex("extract\\(@'(?<text>[^']+)', 1, Message\\)", RegexOptions.NonBacktracking)]
    private static partial Regex Extracted();

    [GeneratedRegex("\"(?<text>The oldest due entry [^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex LoggedBacklog();
}
