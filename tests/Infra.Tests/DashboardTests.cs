using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Tests.Bicep;

namespace Infra.Tests;

/// <summary>A chart of an instrument that does not exist is empty for ever, and so is one by a tag that is never set.</summary>
[Collection(SharedCompiler.Name)]
public sealed partial class DashboardTests(BicepCompiler compiler)
{
    private const int LimitMilliseconds = 5000;

    private static readonly IReadOnlyList<(string Name, string Unit, string Kind)> Instruments = [.. FindInstruments()];

    [Fact]
    public void Every_metric_of_the_Grafana_dashboard_is_an_instrument()
    {
        using var dashboard = Read("grafana.json");
        var known = Instruments.SelectMany(PrometheusNamesOf).ToHashSet(StringComparer.Ordinal);
        var used = StringsOf(dashboard.RootElement, "expr").SelectMany(query => PrometheusName().Matches(query)).Select(match => match.Value).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Every_metric_of_the_workbook_is_an_instrument()
    {
        using var workbook = Read("workbook.json");
        var used = StringsOf(workbook.RootElement, "query").SelectMany(query => WorkbookName().Matches(query)).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(Instruments, instrument => instrument.Name == name));
    }

    [Fact]
    public void Every_instrument_is_on_both()
    {
        var grafana = File.ReadAllText(PathOf("grafana.json"));
        var workbook = File.ReadAllText(PathOf("workbook.json"));

        Assert.All(Instruments, instrument => Assert.Contains(PrometheusNamesOf(instrument), name => grafana.Contains(name, StringComparison.Ordinal)));
        Assert.All(Instruments, instrument => Assert.Contains($"'{instrument.Name}'", workbook, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_tag_that_a_chart_is_split_by_is_set_somewhere()
    {
        using var dashboard = Read("grafana.json");
        using var workbook = Read("workbook.json");
        var code = string.Concat(Sources());
        var tags = StringsOf(dashboard.RootElement, "expr").SelectMany(query => SplitBy().Matches(query)).SelectMany(match => match.Groups["tags"].Value.Split(", "))
            .Concat(StringsOf(workbook.RootElement, "query").SelectMany(query => Dimension().Matches(query)).Select(match => match.Groups["tag"].Value))
            .Where(tag => tag != "le")
            .Distinct(StringComparer.Ordinal);

        Assert.All(tags, tag => Assert.Contains($"(\"{tag}\", ", code, StringComparison.Ordinal));
    }

    [Fact]
    public void The_deployment_makes_the_workbook()
    {
        var workbook = Assert.Single(compiler.Sound.Full.Made("Microsoft.Insights/workbooks"));

        Assert.Contains(workbook.Body.Strings(), text => text.Contains("session.created", StringComparison.Ordinal));
    }

    // As the exporter of OpenTelemetry names them for Prometheus: the unit is appended, that of a curly bracket is not.
    private static IEnumerable<string> PrometheusNamesOf((string Name, string Unit, string Kind) instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument.Kind switch
        {
            "Counter" => [name + "_total"],
            "Histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            _ => [name],
        };
    }

    private static IEnumerable<(string Name, string Unit, string Kind)> FindInstruments() =>
        from source in Sources()
        from Match match in Created().Matches(source)
        select (match.Groups["name"].Value, match.Groups["unit"].Value, match.Groups["kind"].Value);

    private static IEnumerable<string> StringsOf(JsonElement element, string member) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals(member) && property.Value.ValueKind is JsonValueKind.String ? [property.Value.GetString()!] : StringsOf(property.Value, member)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => StringsOf(item, member)),
        _ => [],
    };

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(PathOf(name)));

    private static string PathOf(string name) => RepositoryRoot.Combine("infra", "dashboards", name);

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    [GeneratedRegex(@"\.Create(?<kind>Counter|Histogram|Gauge)(?:<\w+>)?\(\s*""(?<name>session[^""]+)"",\s*""(?<unit>[^""]+)""", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Created();

    [GeneratedRegex(@"\bsession_[a-z_]+", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex PrometheusName();

    [GeneratedRegex(@"name == '(?<name>[^']+)'", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex WorkbookName();

    [GeneratedRegex(@"by \((?<tags>[a-z, ]+)\)", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex SplitBy();

    [GeneratedRegex(@"customDimensions\['(?<tag>[^']+)'\]", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Dimension();
}
