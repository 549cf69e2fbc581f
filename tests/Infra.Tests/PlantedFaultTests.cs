using Infra.Tests.Bicep;
using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>Plants one fault in the real template and lets the rule find it: a rule that cannot fail proves nothing.</summary>
[Collection(SharedCompiler.Name)]
public sealed class PlantedFaultTests(BicepCompiler compiler)
{
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { nameof(ShapeRules.Compiles), "main.bicep", "var token = ", "var token " },
        { nameof(ShapeRules.Compiles), "modules/vault.bicep", "properties: {", "properties {" },
        { nameof(ShapeRules.VersionsArePinned), "modules/storage.bicep", "locks@2020-05-01", "locks@2020-05-01-preview" },
        { nameof(ShapeRules.Compiles), "modules/vault.bicep", "vaults@2024-11-01", "vaults@latest" },
        { nameof(ShapeRules.VersionsArePinned), "modules/alerts.bicep", "lateRevocations 'Microsoft.Insights/scheduledQueryRules@2023-12-01'", "lateRevocations 'Microsoft.Insights/scheduledQueryRules@2022-06-15'" },
        { nameof(ShapeRules.EverythingIsDescribed), "modules/cache.bicep", "@description('Size.')\n", "" },
        { nameof(ShapeRules.EverythingIsDescribed), "modules/types.bicep", "  @description('Active protects everything new; Read only opens what it has protected.')\n", "" },
        { nameof(ShapeRules.EverythingIsDescribed), "modules/vault.bicep", "@description('Resource id.')\n", "@description('')\n" },
        { nameof(ShapeRules.ParametersAreBounded), "main.bicep", "@minValue(40)\n", "" },
        { nameof(ShapeRules.ParametersAreBounded), "main.bicep", "param useCache bool = true", "param useCache bool" },
        { nameof(ShapeRules.Compiles), "main.bicep", "'modules/vault.bicep'", "'modules/safe.bicep'" },
        { nameof(ShapeRules.Compiles), "main.bicep", "    sku: cacheSku\n", "" },
        { nameof(ShapeRules.Compiles), "main.bicep", "    sku: cacheSku\n", "    sku: cacheSku\n    size: 1\n" },
        { nameof(ShapeRules.Compiles), "main.bicep", "vault.outputs.uri", "vault.outputs.address" },
        { nameof(ShapeRules.Compiles), "main.bicep", "KeyRingEntry, PassportRingEntry", "Ring, PassportRingEntry" },
        { nameof(ShapeRules.Compiles), "modules/roles.bicep", "scope: vault\n", "scope: safe\n" },
        { nameof(ShapeRules.Compiles), "main.bicep", "${token}", "${tokn}" },
        { nameof(ShapeRules.Compiles), "modules/cache.bicep", "highAvailability: replica ?", "highAvailability: publicAccess ?" },
        { nameof(TransportRules.HttpsOnly), "modules/function-app.bicep", "httpsOnly: true", "httpsOnly: false" },
        { nameof(TransportRules.HttpsOnly), "modules/function-app.bicep", "    httpsOnly: true\n", "" },
        { nameof(TransportRules.HttpsOnly), "modules/storage.bicep", "supportsHttpsTrafficOnly: true", "supportsHttpsTrafficOnly: false" },
        { nameof(TransportRules.HttpsOnly), "modules/cache.bicep", "clientProtocol: 'Encrypted'", "clientProtocol: 'Plaintext'" },
        { nameof(TransportRules.TlsFloor), "modules/storage.bicep", "'TLS1_2'", "'TLS1_0'" },
        { nameof(TransportRules.TlsFloor), "modules/function-app.bicep", " minTlsVersion: '1.2'", " minTlsVersion: '1.1'" },
        { nameof(TransportRules.TlsFloor), "modules/cache.bicep", "    minimumTlsVersion: '1.2'\n", "" },
        { nameof(TransportRules.FtpOff), "modules/function-app.bicep", "ftpsState: 'Disabled'", "ftpsState: 'FtpsOnly'" },
        { nameof(TransportRules.FtpOff), "modules/function-app.bicep", "allow: false", "allow: true" },
        { nameof(TransportRules.FtpOff), "modules/function-app.bicep", "name: 'scm'", "name: 'web'" },
        { nameof(TransportRules.RemoteDebuggingOff), "modules/function-app.bicep", "remoteDebuggingEnabled: false", "remoteDebuggingEnabled: true" },
        { nameof(TransportRules.PrivateMeansClosed), "modules/cache.bicep", "publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'", "publicNetworkAccess: 'Enabled'" },
        { nameof(TransportRules.PrivateMeansClosed), "modules/storage.bicep", "publicAccess ? 'Allow' : 'Deny'", "'Allow'" },
        { nameof(TransportRules.PrivateMeansClosed), "main.bicep", "publicAccess: !privateNetworking", "publicAccess: true" },
        { nameof(CredentialRules.NoSharedKeys), "modules/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true" },
        { nameof(CredentialRules.NoSharedKeys), "modules/storage.bicep", "    allowSharedKeyAccess: false\n", "" },
        { nameof(CredentialRules.NoSharedKeys), "modules/monitoring.bicep", "DisableLocalAuth: true", "DisableLocalAuth: false" },
        { nameof(CredentialRules.NoSharedKeys), "modules/event-topic.bicep", "disableLocalAuth: true", "disableLocalAuth: false" },
        { nameof(CredentialRules.SecretSettingsAreReferences), "modules/function-app.bicep", "__Secret', value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${target.?secretEntry ?? ''})'", "__Secret', value: target.?secretEntry ?? ''" },
        { nameof(CredentialRules.SecretSettingsAreReferences), "modules/function-app.bicep", "value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${target.authorizationEntry!})'", "value: target.authorizationEntry!" },
        { nameof(TransportRules.TlsFloor), "modules/event-topic.bicep", "minimumTlsVersionAllowed: '1.2'", "minimumTlsVersionAllowed: '1.0'" },
        { nameof(TransportRules.PrivateMeansClosed), "modules/event-topic.bicep", "publicAccess ? 'Enabled' : 'Disabled'", "'Enabled'" },
        { nameof(RoleRules.EqualTheAllowList), "modules/roles.bicep", "= if (useQueue) {", "= {" },
        { nameof(RoleRules.EqualTheAllowList), "modules/roles.bicep", "  scope: topic\n", "" },
        { nameof(DiagnosticRules.EverythingReports), "modules/event-topic.bicep", "  scope: topic\n", "" },
        { nameof(AlertRules.AreSet), "modules/alerts.bicep", "'sessions-parked-${name}'", "'sessions-given-up-${name}'" },
        { nameof(CredentialRules.NoRedisAccessKeys), "modules/cache.bicep", "accessKeysAuthentication: 'Disabled'", "accessKeysAuthentication: 'Enabled'" },
        { nameof(CredentialRules.NoPublicBlobs), "modules/storage.bicep", "allowBlobPublicAccess: false", "allowBlobPublicAccess: true" },
        { nameof(CredentialRules.NoPublicBlobs), "modules/storage.bicep", "publicAccess: 'None'", "publicAccess: 'Blob'" },
        { nameof(CredentialRules.IdentityOnly), "modules/function-app.bicep", "value: hostStorageName", "value: component.listKeys().primaryKey" },
        { nameof(CredentialRules.IdentityOnly), "modules/function-app.bicep", "value: tableEndpoint", "value: 'AccountName=a;AccountKey=${tableEndpoint}'" },
        { nameof(CredentialRules.IdentityOnly), "modules/function-app.bicep", "type: 'UserAssignedIdentity'", "type: 'StorageAccountConnectionString'" },
        { nameof(CredentialRules.IdentityOnly), "modules/function-app.bicep", "type: 'UserAssigned'\n", "type: 'None'\n" },
        { nameof(CredentialRules.IdentityOnly), "modules/function-app.bicep", "keyVaultReferenceIdentity: identityId", "keyVaultReferenceIdentity: 'SystemAssigned'" },
        { nameof(CredentialRules.SecretSettingsAreReferences), "modules/function-app.bicep", "value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${entry.vaultEntry})'", "value: entry.vaultEntry" },
        { nameof(CredentialRules.SecretSettingsAreReferences), "modules/function-app.bicep", "{ name: 'Tables__Endpoint'", "{ name: 'Tables__ConnectionString'" },
        { nameof(CredentialRules.NoSecretOutputs), "modules/monitoring.bicep", "output componentName string = component.name", "output componentName string = component.properties.ConnectionString" },
        { nameof(CredentialRules.NoSecretOutputs), "modules/cache.bicep", "output id string = cluster.id", "#disable-next-line outputs-should-not-contain-secrets\noutput id string = database.listKeys().primaryKey" },
        { nameof(CredentialRules.NoSecretOutputs), "modules/vault.bicep", "output uri ", "output masterKey string = name\n\n@description('Address, with a trailing slash.')\noutput uri " },
        { nameof(CredentialRules.NoSecretParameters), "modules/vault.bicep", "param tags object\n", "param tags object\n\n#disable-next-line secure-secrets-in-params\nparam adminPassword string = ''\n" },
        { nameof(CredentialRules.NoSecretParameters), "modules/function-app.bicep", "@description('Endpoint of the session tables.')\n", "@description('Endpoint of the session tables.')\n@secure()\n" },
        { nameof(VaultRules.KeysCannotBeDestroyed), "modules/vault.bicep", "enablePurgeProtection: true", "enablePurgeProtection: null" },
        { nameof(VaultRules.KeysCannotBeDestroyed), "modules/vault.bicep", "enableSoftDelete: true", "enableSoftDelete: false" },
        { nameof(VaultRules.KeysCannotBeDestroyed), "modules/vault.bicep", "softDeleteRetentionInDays: 90", "softDeleteRetentionInDays: 7" },
        { nameof(VaultRules.RolesOnly), "modules/vault.bicep", "enableRbacAuthorization: true", "enableRbacAuthorization: false" },
        { nameof(VaultRules.RolesOnly), "modules/vault.bicep", "enableRbacAuthorization: true", "enableRbacAuthorization: true\n    accessPolicies: []" },
        { nameof(RoleRules.EqualTheAllowList), "modules/roles.bicep", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "b24988ac-6180-42a0-ab88-20f7382dd24c" },
        { nameof(RoleRules.EqualTheAllowList), "modules/roles.bicep", "  scope: vault\n", "" },
        { nameof(RoleRules.EqualTheAllowList), "modules/roles.bicep", "scope: hostStorage", "scope: tables" },
        { nameof(RoleRules.EqualTheAllowList), "modules/roles.bicep", "principalType: 'ServicePrincipal'", "principalType: 'User'" },
        { nameof(RoleRules.RedisIsForTheAppAlone), "modules/cache.bicep", "objectId: principalId", "objectId: '00000000-0000-0000-0000-000000000001'" },
        { nameof(DiagnosticRules.EverythingReports), "modules/vault.bicep", "name: 'workspace'\n  scope: vault\n", "name: 'workspace'\n" },
        { nameof(DiagnosticRules.EverythingReports), "modules/cache.bicep", "category: 'AllMetrics', enabled: true", "category: 'AllMetrics', enabled: false" },
        { nameof(DiagnosticRules.EverythingReports), "modules/network.bicep", "Microsoft.Network/networkSecurityGroups", "Microsoft.Network/firewallPolicies" },
        { nameof(AlertRules.AreSet), "modules/alerts.bicep", "    enabled: true\n    autoMitigate", "    enabled: false\n    autoMitigate" },
        { nameof(AlertRules.AreSet), "modules/alerts.bicep", "'sessions-202-${name}'", "'sessions-late-${name}'" },
        { nameof(AlertRules.AreSet), "modules/alerts.bicep", "actionGroups: actionGroups", "customProperties: {}" },
        { nameof(AppSettings.AreComplete), "modules/function-app.bicep", "          { name: 'RebuildSchedule', value: rebuildSchedule }\n", "" },
        { nameof(AppSettings.AreComplete), "modules/function-app.bicep", "'Tables__Endpoint'", "'Table__Endpoint'" },
        { nameof(AppSettings.AreComplete), "modules/function-app.bicep", "Keys__Ring__${i}__State", "Keys__Ring__${i}__Use" },
        { nameof(AppSettings.AreComplete), "main.bicep", "clientAddressHeader: clientAddressHeader", "clientAddressHeader: ''" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(string rule, string file, string sound, string faulty)
    {
        var sources = BicepCompiler.ReadSources();
        Assert.Contains(sound, sources[file], StringComparison.Ordinal);
        sources[file] = sources[file].Replace(sound, faulty, StringComparison.Ordinal);

        var compiled = compiler.Compile(sources);
        Assert.True(compiled.Succeeded || rule == nameof(ShapeRules.Compiles), string.Join('\n', compiled.Diagnostics));
        Assert.NotEmpty(AllRules.ByName[rule](compiled));
    }

    [Fact]
    public void Every_rule_has_a_planted_fault() =>
        Assert.Empty(AllRules.ByName.Keys.Except(Faults.Select(row => (string)row[0])));
}
