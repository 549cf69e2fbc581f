using Infra.Tests.Model;
using Infra.Tests.Parsing;

namespace Infra.Tests.Rules;

internal static class DiagnosticRules
{
    /// <summary>Types whose logs or metrics must reach the workspace.</summary>
    private static readonly string[] Diagnosable =
    [
        ResourceTypes.Storage, ResourceTypes.TableService, ResourceTypes.BlobService, ResourceTypes.Redis, ResourceTypes.RedisDatabase, ResourceTypes.Vault, ResourceTypes.Site,
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
        "Microsoft.ManagedIdentity/userAssignedIdentities", // its sign-ins are the tenant's log
        "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "Microsoft.Network/privateEndpoints", // metrics only, and they count bytes
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Resources/resourceGroups",
        "Microsoft.Storage/storageAccounts/tableServices/tables", // logged by their service
        "Microsoft.Web/serverfarms", // Flex Consumption gives the plan no metrics of its own
    ];

    public static IEnumerable<string> EverythingReports(BicepTemplate template)
    {
        foreach (var file in template.Files.Values)
        {
            var settings = file.Resources.Where(resource => resource.Type == ResourceTypes.Diagnostics).ToList();
            foreach (var resource in file.Resources.Where(resource => !resource.IsExisting && !Silent.Contains(resource.Type)))
            {
                if (!Diagnosable.Contains(resource.Type))
                {
                    yield return $"{resource.Place}: say in {nameof(DiagnosticRules)} whether {resource.Type} has logs.";
                }
                else if (!settings.Exists(setting => setting.Body.Find("scope")?.Text == resource.Symbol && IsOn(setting)))
                {
                    yield return $"{resource.Place}: {resource.Type} '{resource.Symbol}' sends nothing to the workspace.";
                }
            }
        }
    }

    private static bool IsOn(BicepResource setting) =>
        setting.Body.Find("properties", "workspaceId") is not null
        && Entries(setting, "logs").Concat(Entries(setting, "metrics")).Any(entry => entry.Find("enabled") is { IsTrue: true })
        && Entries(setting, "logs").Concat(Entries(setting, "metrics")).All(entry => entry.Find("enabled") is { IsFalse: false });

    private static IEnumerable<SyntaxNode> Entries(BicepResource setting, string kind) =>
        setting.Body.Find("properties", kind)?.ChildrenOf("object") ?? [];
}
