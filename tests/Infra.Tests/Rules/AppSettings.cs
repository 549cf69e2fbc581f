using Infra.Tests.Model;
using Infra.Tests.Parsing;

namespace Infra.Tests.Rules;

/// <summary>The settings that the template gives the app.</summary>
internal static class AppSettings
{
    /// <summary>Gets the settings that sound secret and are not, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> OpensNothing { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "names the component; NoSharedKeys sees to it that nothing is let in by it",
    };

    /// <summary>Gets what the hosts read, by the option it belongs to.</summary>
    public static IReadOnlyList<string> Expected { get; } =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AZURE_CLIENT_ID",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "Cache__Endpoint",
        "Entra__Audiences__${i}",
        "Entra__TenantId",
        "Keys__Ring__${i}__Id",
        "Keys__Ring__${i}__Key",
        "Keys__Ring__${i}__State",
        "PurgeSchedule",
        "RateLimit__TrustedProxies__${i}",
        "RebuildSchedule",
        "ServiceKeys__${i}__Client",
        "ServiceKeys__${i}__ExpiresAt",
        "ServiceKeys__${i}__Hash",
        "ServiceKeys__${i}__Id",
        "ServiceKeys__${i}__Scopes__${j}",
        "Tables__Endpoint",
        "Tables__ManagedIdentityClientId",
    ];

    public static IEnumerable<string> AreComplete(BicepTemplate template)
    {
        var given = Of(template).Select(setting => setting.Name).ToList();
        return Expected.Except(given).Select(name => $"The app is not given {name}.")
            .Concat(given.Except(Expected).Select(name => $"The app is given {name}, which nothing reads."))
            .Concat(given.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"The app is given {group.Key} twice."));
    }

    /// <summary>Finds the settings wherever they are written: objects of a name and a value in a file that makes a site.</summary>
    public static IEnumerable<(BicepFile File, string Name, SyntaxNode Value)> Of(BicepTemplate template) =>
        from file in template.Files.Values
        where file.Resources.Any(resource => resource.Type == ResourceTypes.Site)
        from node in file.Root.DescendantsAndSelf()
        where node.Type == "object" && node.ChildrenOf("object_property").Count() == 2
        let name = node.Find("name")
        let value = node.Find("value")
        where name?.Type == "string" && value is not null
        select (file, name.Text.Trim('\''), value);
}
