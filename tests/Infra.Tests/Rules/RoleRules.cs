using System.Text.RegularExpressions;
using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static partial class RoleRules
{
    /// <summary>Every role the app has: what, and on the resource of which module. Anything more or less is a finding.</summary>
    private static readonly string[] Allowed =
    [
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 on Microsoft.Storage/storageAccounts of tables", // Storage Table Data Contributor
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b on Microsoft.Storage/storageAccounts of hostStorage", // Storage Blob Data Owner
        "4633458b-17de-408a-b874-0445c86b69e6 on Microsoft.KeyVault/vaults of vault", // Key Vault Secrets User
        "3913510d-42f4-4e42-8a64-420c390055eb on Microsoft.Insights/components of monitoring", // Monitoring Metrics Publisher
    ];

    /// <summary>What the app has on top where events are on, and are published to a topic.</summary>
    private static readonly string[] AllowedForEvents =
    [
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88 on Microsoft.Storage/storageAccounts of hostStorage", // Storage Queue Data Contributor
        "d5a91429-5739-47e2-a06b-3470a27159e7 on Microsoft.EventGrid/topics of topic", // EventGrid Data Sender
    ];

    public static IEnumerable<string> EqualTheAllowList(CompiledTemplate template)
    {
        foreach (var deployment in template.Deployments)
        {
            var assignments = deployment.Made(ResourceTypes.RoleAssignment).ToList();
            var given = assignments.Select(Describe).ToList();
            string[] allowed = deployment.IsFull ? [.. Allowed, .. AllowedForEvents] : Allowed;
            foreach (var role in given.Except(allowed))
            {
                yield return $"{deployment.Variant}: the role {role} is not on the allow-list.";
            }

            foreach (var role in allowed.Where(role => given.Count(other => other == role) != 1))
            {
                yield return $"{deployment.Variant}: the role {role} must be granted exactly once.";
            }

            foreach (var assignment in assignments)
            {
                if (!IsAppIdentity(assignment.Body.Text("properties", "principalId")) || assignment.Body.Text("properties", "principalType") != "ServicePrincipal")
                {
                    yield return $"{assignment.Place} is not for the app's identity.";
                }
            }
        }
    }

    public static IEnumerable<string> RedisIsForTheAppAlone(CompiledTemplate template) =>
    [
        .. template.Deployments
            .Where(deployment => deployment.Made(ResourceTypes.RedisAccess).Count() != 1)
            .Select(deployment => $"{deployment.Variant}: exactly one identity must reach Redis."),
        .. Require.Each(template, ResourceTypes.RedisAccess, ["properties", "user", "objectId"], value => IsAppIdentity(value.GetString() ?? ""), "the app's identity"),
    ];

    private static string Describe(DeployedResource assignment)
    {
        var role = assignment.Body.Text("properties", "roleDefinitionId").Split('/')[^1];
        var scope = Scope().Match(assignment.Id);
        return scope.Success ? $"{role} on {scope.Groups["type"].Value} of {scope.Groups["module"].Value}" : $"{role} on the resource group";
    }

    private static bool IsAppIdentity(string principal) => principal.StartsWith("[reference(", StringComparison.Ordinal)
        && principal.Contains("format('identity-{0}'", StringComparison.Ordinal)
        && principal.EndsWith(".outputs.principalId.value]", StringComparison.Ordinal);

    // The id of an assignment begins with the resource it is made on, whose name is an output of the module that makes it.
    [GeneratedRegex(@"^\[if\(equals\(resourceId\('[^']*', '[^']*', '(?<type>[^']+)', reference\(resourceId\('[^']*', '[^']*', 'Microsoft.Resources/deployments', format\('(?<module>\w+)-", RegexOptions.NonBacktracking)]
    private static partial Regex Scope();
}
