using Infra.Tests.Model;
using Infra.Tests.Parsing;

namespace Infra.Tests.Rules;

internal static class RoleRules
{
    /// <summary>Every role the app has: what, on which resource. Anything more or less is a finding.</summary>
    private static readonly string[] Allowed =
    [
        "Storage Table Data Contributor 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 on Microsoft.Storage/storageAccounts tablesName",
        "Storage Blob Data Owner b7e6dc6d-f1e8-4753-8033-0f276bb0955b on Microsoft.Storage/storageAccounts hostStorageName",
        "Key Vault Secrets User 4633458b-17de-408a-b874-0445c86b69e6 on Microsoft.KeyVault/vaults vaultName",
        "Monitoring Metrics Publisher 3913510d-42f4-4e42-8a64-420c390055eb on Microsoft.Insights/components componentName",
    ];

    public static IEnumerable<string> EqualTheAllowList(BicepTemplate template)
    {
        var allowed = Allowed.Select(line => string.Join(' ', line.Split(' ')[^4..])).ToList();
        var given = new List<string>();
        foreach (var file in template.Files.Values)
        {
            foreach (var assignment in file.Resources.Where(resource => resource.Type == ResourceTypes.RoleAssignment))
            {
                given.Add(Describe(file, assignment));
                if (assignment.Body.Find("properties", "principalId")?.Text != "principalId"
                    || assignment.Body.Find("properties", "principalType")?.Literal != "ServicePrincipal")
                {
                    yield return $"{assignment.Place}: '{assignment.Symbol}' is not for the app's identity.";
                }
            }
        }

        foreach (var role in given.Except(allowed))
        {
            yield return $"The role {role} is not on the allow-list.";
        }

        foreach (var role in allowed.Except(given).Concat(given.GroupBy(role => role).Where(group => group.Count() > 1).Select(group => group.Key)))
        {
            yield return $"The role {role} is to be granted once.";
        }
    }

    public static IEnumerable<string> RedisIsForTheAppAlone(BicepTemplate template)
    {
        if (template.Made(ResourceTypes.RedisAccess).Count() != 1)
        {
            yield return "Exactly one identity is to reach Redis.";
        }

        foreach (var finding in Require.Each(
            template, ResourceTypes.RedisAccess, ["properties", "user", "objectId"], value => value.Text == "principalId", "principalId"))
        {
            yield return finding;
        }
    }

    private static string Describe(BicepFile file, BicepResource assignment)
    {
        var scope = file.Resources.FirstOrDefault(resource => resource.Symbol == assignment.Body.Find("scope")?.Text);
        var role = assignment.Body.Find("properties", "roleDefinitionId")?.DescendantsAndSelf()
            .Select(node => Resolve(file, node))
            .FirstOrDefault(text => Guid.TryParse(text, out _));
        return $"{role ?? "of unknown kind"} on {scope?.Type ?? "the resource group"} {scope?.Body.Find("name")?.Text}";
    }

    private static string? Resolve(BicepFile file, SyntaxNode node) => node.Type == "identifier"
        ? file.Variables.FirstOrDefault(variable => variable.Name == node.Text)?.Value?.Literal
        : node.Literal;
}
