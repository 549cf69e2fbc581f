using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static partial class CredentialRules
{
    public static IEnumerable<string> NoSharedKeys(CompiledTemplate template) =>
    [
        .. Require.False(template, ResourceTypes.Storage, "properties", "allowSharedKeyAccess"),
        .. Require.False(template, ResourceTypes.Storage, "properties", "isLocalUserEnabled"),
        .. Require.True(template, ResourceTypes.Storage, "properties", "defaultToOAuthAuthentication"),
        .. Require.True(template, ResourceTypes.Component, "properties", "DisableLocalAuth"),
        .. Require.Each(template.Full, ResourceTypes.EventTopic, ["properties", "disableLocalAuth"], value => value.ValueKind is JsonValueKind.True, "true"),
        .. Require.True(template, ResourceTypes.Workspace, "properties", "features", "disableLocalAuth"),
    ];

    public static IEnumerable<string> NoRedisAccessKeys(CompiledTemplate template) =>
        Require.Value(template, ResourceTypes.RedisDatabase, ["properties", "accessKeysAuthentication"], "Disabled");

    public static IEnumerable<string> NoPublicBlobs(CompiledTemplate template) =>
    [
        .. Require.False(template, ResourceTypes.Storage, "properties", "allowBlobPublicAccess"),
        .. Require.Value(template, ResourceTypes.Container, ["properties", "publicAccess"], "None"),
    ];

    /// <summary>Nothing asks Azure for a key, nothing carries one, and the app has an identity to use instead.</summary>
    public static IEnumerable<string> IdentityOnly(CompiledTemplate template) =>
    [
        .. from text in template.Root.Strings()
           let match = KeyCall().Match(text)
           where match.Success || KeyText().IsMatch(text)
           select match.Success ? $"{match.Value}) asks for a credential." : "A string carries a credential.",
        .. Require.Value(template, ResourceTypes.Site, ["identity", "type"], "UserAssigned"),
        .. Require.Value(template, ResourceTypes.Site, ["properties", "functionAppConfig", "deployment", "storage", "authentication", "type"], "UserAssignedIdentity"),
        .. Require.Each(
            template,
            ResourceTypes.Site,
            ["properties", "keyVaultReferenceIdentity"],
            value => value.GetString()!.EndsWith(".outputs.id.value]", StringComparison.Ordinal) && value.GetString()!.Contains("format('identity-{0}'", StringComparison.Ordinal), // always a string
            "the app's identity"),
    ];

    /// <summary>A setting whose name says that it is secret holds a vault reference.</summary>
    public static IEnumerable<string> SecretSettingsAreReferences(CompiledTemplate template) =>
        from setting in template.Deployments.SelectMany(AppSettings.Of)
        where SecretSetting().IsMatch(setting.Name) && !AppSettings.OpensNothing.ContainsKey(setting.Name)
        where !setting.Value.StartsWith("format('@Microsoft.KeyVault(SecretUri={0}secrets/", StringComparison.Ordinal)
        select $"{setting.Name} is no vault reference.";

    public static IEnumerable<string> NoSecretOutputs(CompiledTemplate template) =>
        from module in template.Templates
        from output in module.Template.Members("outputs")
        where IsSecret(output.Value.Text("type"), output.Name)
            || KeyCall().IsMatch(output.Value.Text("value"))
            || Word().Matches(output.Value.Text("value")).Any(word => SecretName().IsMatch(word.Value))
        select $"{module.Module}: output {output.Name} gives a secret away.";

    /// <summary>No parameter carries a secret: a secret would stand in the deployment's history.</summary>
    public static IEnumerable<string> NoSecretParameters(CompiledTemplate template) =>
        from module in template.Templates
        from parameter in module.Template.Members("parameters")
        where IsSecret(parameter.Value.Text("type"), parameter.Name)
        select $"{module.Module}: parameter {parameter.Name} carries a secret.";

    private static bool IsSecret(string type, string name) =>
        type.StartsWith("secure", StringComparison.OrdinalIgnoreCase) || SecretName().IsMatch(name);

    [GeneratedRegex(@"\b(list[A-Z]\w*|getSecret|regenerate\w*)\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KeyCall();

    [GeneratedRegex("AccountKey=|SharedAccess|(?i:password|pwd)=|[?&]sig=|UseDevelopmentStorage", RegexOptions.NonBacktracking)]
    private static partial Regex KeyText();

    [GeneratedRegex("(Key|Secret|Authorization|Password|Token|ConnectionString|CONNECTION_STRING)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SecretSetting();

    [GeneratedRegex("key(s|value|string)?$|secret|password|token$|connectionstring|instrumentation|credential$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
