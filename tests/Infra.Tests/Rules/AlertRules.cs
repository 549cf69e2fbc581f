using System.Text.Json;
using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static class AlertRules
{
    private static readonly string[] Wanted =
        ["sessions-5xx", "sessions-202", "sessions-backlog", "sessions-silence", "sessions-foreign", "sessions-events", "sessions-parked", "sessions-tables", "sessions-cache"];

    public static IEnumerable<string> AreSet(CompiledTemplate template)
    {
        var alerts = template.Full.Made(ResourceTypes.QueryAlert).Concat(template.Full.Made(ResourceTypes.MetricAlert)).ToList();
        foreach (var missing in Wanted.Except(alerts.Select(alert => alert.Name[..alert.Name.LastIndexOf('-')])))
        {
            yield return $"There is no alert {missing}.";
        }

        foreach (var alert in alerts)
        {
            if (alert.Body.Find("properties", "enabled") is not { ValueKind: JsonValueKind.True })
            {
                yield return $"{alert.Place} is off.";
            }

            if (alert.Body.Find("properties", "actions")?.GetRawText().Contains("/actionGroups/", StringComparison.Ordinal) != true)
            {
                yield return $"{alert.Place} tells nobody.";
            }

            if (!alert.Body.Text("properties", "description").Contains("docs/operations.md", StringComparison.Ordinal))
            {
                yield return $"{alert.Place} does not say where to read what to do.";
            }
        }
    }
}
