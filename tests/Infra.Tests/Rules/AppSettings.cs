using Infra.Tests.Bicep;

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
        "AzureWebJobs.DeliverEvents.Disabled",
        "AzureWebJobs.DeliverHintedEvents.Disabled",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "Cache__Endpoint",
        "Cors__Origins__0",
        "Entra__Audiences__0",
        "Entra__TenantId",
        "EventQueue",
        "EventSchedule",
        "Events__Enabled",
        "Events__Source",
        "Events__Targets__shop__Kind",
        "Events__Targets__shop__PreviousSecret",
        "Events__Targets__shop__Secret",
        "Events__Targets__shop__Types__0",
        "Events__Targets__shop__Url",
        "Events__Targets__signals__Caep__Audience",
        "Events__Targets__signals__Caep__Authorization",
        "Events__Targets__signals__Caep__Issuer",
        "Events__Targets__signals__Caep__SigningKey",
        "Events__Targets__signals__Kind",
        "Events__Targets__signals__Url",
        "Events__Targets__topic__AllowPrivateAddresses",
        "Events__Targets__topic__Kind",
        "Events__Targets__topic__Url",
        "Keys__Ring__0__Id",
        "Keys__Ring__0__Key",
        "Keys__Ring__0__State",
        "Passports__Keys__0__Key",
        "Passports__Keys__0__State",
        "PurgeSchedule",
        "RateLimit__ClientAddressHeader",
        "RebuildSchedule",
        "ServiceKeys__0__Client",
        "ServiceKeys__0__ExpiresAt",
        "ServiceKeys__0__Hash",
        "ServiceKeys__0__Id",
        "ServiceKeys__0__Scopes__0",
        "Tables__Endpoint",
        "Tables__ManagedIdentityClientId",
    ];

    public static IEnumerable<string> AreComplete(CompiledTemplate template)
    {
        var given = Of(template.Full).Select(setting => setting.Name).ToList();
        return Expected.Except(given).Select(name => $"The app is not given {name}.")
            .Concat(given.Except(Expected).Select(name => $"The app is given {name}, which nothing reads."))
            .Concat(given.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"The app is given {group.Key} twice."));
    }

    /// <summary>Lists the settings of the app. Some values are known to Azure alone, so all of them are one expression that makes the list.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Deployment deployment) =>
        from site in deployment.Made(ResourceTypes.Site)
        from part in site.Body.Text("properties", "siteConfig", "appSettings").Split("createObject('name', '").Skip(1)
        let setting = part.Split("', 'value', ", 2)
        select (setting[0], setting[1]);
}
