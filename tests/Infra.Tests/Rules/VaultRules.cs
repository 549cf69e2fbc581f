using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static class VaultRules
{
    public static IEnumerable<string> KeysCannotBeDestroyed(CompiledTemplate template) =>
    [
        .. Require.True(template, ResourceTypes.Vault, "properties", "enableSoftDelete"),
        .. Require.True(template, ResourceTypes.Vault, "properties", "enablePurgeProtection"),
        .. Require.Each(template, ResourceTypes.Vault, ["properties", "softDeleteRetentionInDays"], value => value.TryGetInt32(out var days) && days >= 90, "90"),
    ];

    public static IEnumerable<string> RolesOnly(CompiledTemplate template) =>
    [
        .. Require.True(template, ResourceTypes.Vault, "properties", "enableRbacAuthorization"),
        .. Require.False(template, ResourceTypes.Vault, "properties", "enabledForDeployment"),
        .. Require.False(template, ResourceTypes.Vault, "properties", "enabledForDiskEncryption"),
        .. Require.False(template, ResourceTypes.Vault, "properties", "enabledForTemplateDeployment"),
        .. template.Made(ResourceTypes.Vault)
            .Where(vault => vault.Body.Find("properties", "accessPolicies") is not null)
            .Select(vault => $"{vault.Place}: access policies bypass the roles."),
    ];
}
