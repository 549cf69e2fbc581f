using System.Text.Json;
using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static class DiagnosticRules
{
    /// <summary>Types whose logs or metrics must reach the workspace.</summary>
    private static readonly string[] Diagnosable =
    [
        ResourceTypes.Storage, ResourceTypes.TableService, ResourceTypes.BlobService, ResourceTypes.QueueService, ResourceTypes.EventTopic, ResourceTypes.Redis, ResourceTypes.RedisDatabase, ResourceTypes.Vault, ResourceTypes.Site,
        ResourceTypes.Workspace, ResourceTypes.Network, ResourceTypes.NetworkRules,
    ];

    /// <summary>Types that have none, or whose logs are the workspace itself. A type on neither list is a finding.</summary>
    private static readonly string[] Silent =
    [
        ResourceTypes.Component, // writes into the workspace already
        ResourceTypes.Diagnostics,
        ResourceTypes.QueryAlert,
        ResourceTypes.MetricAlert,
        ResourceTypes.Container,
        ResourceTypes.PublishingCredentials,
        ResourceTypes.RedisAccess,
        ResourceTypes.RoleAssignment,
        "Microsoft.Authorization/locks",
        "Microsoft.Insights/actionGroups",
        "Microsoft.Insights/workbooks", // charts
        "Microsoft.ManagedIdentity/userAssignedIdentities", // its sign-ins are the tenant's log
        "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "Microsoft.Network/privateEndpoints", // metrics only, and they count bytes
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Resources/resourceGroups",
        "Microsoft.Storage/storageAccounts/tableServices/tables", // logged by their service
        ResourceTypes.Queue,
        ResourceTypes.StaticSite, // has no logs; its metrics count requests of static files
        "Microsoft.Web/serverfarms", // Flex Consumption gives the plan no metrics of its own
    ];

    public static IEnumerable<string> EverythingReports(CompiledTemplate template)
    {
        foreach (var deployment in template.Deployments)
        {
            var reporting = deployment.Made(ResourceTypes.Diagnostics).Where(IsOn).Select(setting => setting.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var resource in deployment.Resources.Where(resource => !Silent.Contains(resource.Type)))
            {
                if (!Diagnosable.Contains(resource.Type))
                {
                    yield return $"{resource.Place}: say in {nameof(DiagnosticRules)} whether it has logs.";
                }
                else if (!reporting.Contains($"{resource.Id}/providers/{ResourceTypes.Diagnostics}/workspace"))
                {
                    yield return $"{resource.Place} sends nothing to the workspace.";
                }
            }
        }
    }

    private static bool IsOn(DeployedResource setting)
    {
        var entries = new[] { "logs", "metrics" }
            .Select(kind => setting.Body.Find("properties", kind))
            .SelectMany(list => list?.EnumerateArray() ?? Enumerable.Empty<JsonElement>())
            .ToList();
        return setting.Body.Find("properties", "workspaceId") is not null
            && entries.Exists(entry => entry.Find("enabled") is { ValueKind: JsonValueKind.True })
            && entries.TrueForAll(entry => entry.Text("category") == "StorageWrite" || entry.Find("enabled") is { ValueKind: JsonValueKind.True });
    }
}
