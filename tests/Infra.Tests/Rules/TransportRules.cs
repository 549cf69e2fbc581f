using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static class TransportRules
{
    public static IEnumerable<string> HttpsOnly(CompiledTemplate template) =>
    [
        .. Require.True(template, ResourceTypes.Site, "properties", "httpsOnly"),
        .. Require.True(template, ResourceTypes.Storage, "properties", "supportsHttpsTrafficOnly"),
        .. Require.Value(template, ResourceTypes.RedisDatabase, ["properties", "clientProtocol"], "Encrypted"),
    ];

    public static IEnumerable<string> TlsFloor(CompiledTemplate template) =>
    [
        .. Require.Value(template, ResourceTypes.Site, ["properties", "siteConfig", "minTlsVersion"], "1.2", "1.3"),
        .. Require.Value(template, ResourceTypes.Site, ["properties", "siteConfig", "scmMinTlsVersion"], "1.2", "1.3"),
        .. Require.Value(template, ResourceTypes.Storage, ["properties", "minimumTlsVersion"], "TLS1_2", "TLS1_3"),
        .. Require.Value(template, ResourceTypes.Redis, ["properties", "minimumTlsVersion"], "1.2"),
        .. Require.Each(template.Full, ResourceTypes.EventTopic, ["properties", "minimumTlsVersionAllowed"], value => value.ValueEquals("1.2"), "1.2"),
    ];

    public static IEnumerable<string> FtpOff(CompiledTemplate template) =>
    [
        .. Require.Value(template, ResourceTypes.Site, ["properties", "siteConfig", "ftpsState"], "Disabled"),
        .. Require.False(template, ResourceTypes.PublishingCredentials, "properties", "allow"),
        .. from deployment in template.Deployments
           from way in new[] { "ftp", "scm" }
           where deployment.Made(ResourceTypes.PublishingCredentials).All(policy => !policy.Name.EndsWith("/" + way, StringComparison.Ordinal))
           select $"{deployment.Variant}: publishing with a password over {way} is not switched off.",
    ];

    public static IEnumerable<string> RemoteDebuggingOff(CompiledTemplate template) =>
        Require.False(template, ResourceTypes.Site, "properties", "siteConfig", "remoteDebuggingEnabled");

    /// <summary>With private networking no store is open to the internet.</summary>
    public static IEnumerable<string> PrivateMeansClosed(CompiledTemplate template) =>
    [
        .. new[] { ResourceTypes.Storage, ResourceTypes.Vault, ResourceTypes.Redis, ResourceTypes.EventTopic }.SelectMany(type =>
            Require.Each(template.Full, type, ["properties", "publicNetworkAccess"], value => value.ValueEquals("Disabled"), "Disabled")),
        .. new[] { ResourceTypes.Storage, ResourceTypes.Vault }.SelectMany(type =>
            Require.Each(template.Full, type, ["properties", "networkAcls", "defaultAction"], value => value.ValueEquals("Deny"), "Deny")),
    ];
}
