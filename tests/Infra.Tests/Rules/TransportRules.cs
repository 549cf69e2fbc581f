using Infra.Tests.Model;

namespace Infra.Tests.Rules;

internal static class TransportRules
{
    public static IEnumerable<string> HttpsOnly(BicepTemplate template) =>
    [
        .. Require.True(template, ResourceTypes.Site, "properties", "httpsOnly"),
        .. Require.True(template, ResourceTypes.Storage, "properties", "supportsHttpsTrafficOnly"),
        .. Require.Value(template, ResourceTypes.RedisDatabase, ["properties", "clientProtocol"], "Encrypted"),
    ];

    public static IEnumerable<string> TlsFloor(BicepTemplate template) =>
    [
        .. Require.Value(template, ResourceTypes.Site, ["properties", "siteConfig", "minTlsVersion"], "1.2", "1.3"),
        .. Require.Value(template, ResourceTypes.Site, ["properties", "siteConfig", "scmMinTlsVersion"], "1.2", "1.3"),
        .. Require.Value(template, ResourceTypes.Storage, ["properties", "minimumTlsVersion"], "TLS1_2", "TLS1_3"),
        .. Require.Value(template, ResourceTypes.Redis, ["properties", "minimumTlsVersion"], "1.2"),
    ];

    public static IEnumerable<string> FtpOff(BicepTemplate template)
    {
        foreach (var finding in Require.Value(template, ResourceTypes.Site, ["properties", "siteConfig", "ftpsState"], "Disabled")
            .Concat(Require.False(template, ResourceTypes.PublishingCredentials, "properties", "allow")))
        {
            yield return finding;
        }

        foreach (var way in new[] { "ftp", "scm" })
        {
            if (template.Made(ResourceTypes.PublishingCredentials).All(policy => policy.Body.Find("name")?.Literal != way))
            {
                yield return $"Publishing with a password over {way} is not switched off.";
            }
        }
    }

    public static IEnumerable<string> RemoteDebuggingOff(BicepTemplate template) =>
        Require.False(template, ResourceTypes.Site, "properties", "siteConfig", "remoteDebuggingEnabled");

    /// <summary>With private networking no store may stay open to the internet.</summary>
    public static IEnumerable<string> PrivateMeansClosed(BicepTemplate template)
    {
        foreach (var type in new[] { ResourceTypes.Storage, ResourceTypes.Vault, ResourceTypes.Redis })
        {
            foreach (var finding in Require.Each(
                template, type, ["properties", "publicNetworkAccess"], value => value.Text == "publicAccess ? 'Enabled' : 'Disabled'", "publicAccess ? 'Enabled' : 'Disabled'"))
            {
                yield return finding;
            }
        }

        foreach (var type in new[] { ResourceTypes.Storage, ResourceTypes.Vault })
        {
            foreach (var finding in Require.Each(
                template, type, ["properties", "networkAcls", "defaultAction"], value => value.Text == "publicAccess ? 'Allow' : 'Deny'", "publicAccess ? 'Allow' : 'Deny'"))
            {
                yield return finding;
            }
        }

        foreach (var module in template.Files.Values.SelectMany(file => file.Modules))
        {
            if (module.Body.Find("params", "publicAccess") is { } access && access.Text != "!privateNetworking")
            {
                yield return $"{module.Place}: '{module.Symbol}' has publicAccess = {access.Text}, not !privateNetworking.";
            }
        }
    }
}
