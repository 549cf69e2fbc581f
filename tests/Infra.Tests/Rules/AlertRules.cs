using Infra.Tests.Model;

namespace Infra.Tests.Rules;

internal static class AlertRules
{
    private static readonly string[] Wanted = ["serverErrors", "lateRevocations", "purgeBacklog", "purgeSilence", "foreignRows", "tablesAvailability", "cacheMemory"];

    public static IEnumerable<string> AreSet(BicepTemplate template)
    {
        var alerts = template.Made(ResourceTypes.QueryAlert).Concat(template.Made(ResourceTypes.MetricAlert)).ToList();
        foreach (var missing in Wanted.Except(alerts.Select(alert => alert.Symbol)))
        {
            yield return $"There is no alert {missing}.";
        }

        foreach (var alert in alerts)
        {
            if (alert.Body.Find("properties", "enabled") is not { IsTrue: true })
            {
                yield return $"{alert.Place}: the alert '{alert.Symbol}' is off.";
            }

            if (alert.Body.Find("properties", "actions")?.Text.Contains("actionGroups", StringComparison.Ordinal) != true)
            {
                yield return $"{alert.Place}: the alert '{alert.Symbol}' tells nobody.";
            }

            if (alert.Body.Find("properties", "description")?.Literal?.Contains("docs/operations.md", StringComparison.Ordinal) != true)
            {
                yield return $"{alert.Place}: the alert '{alert.Symbol}' does not say where to read what to do.";
            }
        }
    }
}
