using System.Text.RegularExpressions;
using Infra.Tests.Model;
using Infra.Tests.Parsing;

namespace Infra.Tests.Rules;

internal static partial class CredentialRules
{
    public static IEnumerable<string> NoSharedKeys(BicepTemplate template) =>
    [
        .. Require.False(template, ResourceTypes.Storage, "properties", "allowSharedKeyAccess"),
        .. Require.False(template, ResourceTypes.Storage, "properties", "isLocalUserEnabled"),
        .. Require.True(template, ResourceTypes.Storage, "properties", "defaultToOAuthAuthentication"),
        .. Require.True(template, ResourceTypes.Component, "properties", "DisableLocalAuth"),
        .. Require.True(template, ResourceTypes.Workspace, "properties", "features", "disableLocalAuth"),
    ];

    public static IEnumerable<string> NoRedisAccessKeys(BicepTemplate template) =>
        Require.Value(template, ResourceTypes.RedisDatabase, ["properties", "accessKeysAuthentication"], "Disabled");

    public static IEnumerable<string> NoPublicBlobs(BicepTemplate template) =>
    [
        .. Require.False(template, ResourceTypes.Storage, "properties", "allowBlobPublicAccess"),
        .. Require.Value(template, ResourceTypes.Container, ["properties", "publicAccess"], "None"),
    ];

    /// <summary>Nothing asks Azure for a key, nothing carries one, and the app has an identity to use instead.</summary>
    public static IEnumerable<string> IdentityOnly(BicepTemplate template)
    {
        foreach (var file in template.Files.Values)
        {
            foreach (var node in file.Root.DescendantsAndSelf())
            {
                if (node.Type == "call_expression" && KeyCall().IsMatch(node.Children[0].Text))
                {
                    yield return $"{file.PlaceOf(node)}: {node.Children[0].Text}() asks for a credential.";
                }
                else if (node.Type == "string" && KeyText().IsMatch(node.Text))
                {
                    yield return $"{file.PlaceOf(node)}: a string carries a credential.";
                }
            }
        }

        foreach (var finding in Require.Value(template, ResourceTypes.Site, ["identity", "type"], "UserAssigned")
            .Concat(Require.Value(template, ResourceTypes.Site, ["properties", "functionAppConfig", "deployment", "storage", "authentication", "type"], "UserAssignedIdentity"))
            .Concat(Require.Each(template, ResourceTypes.Site, ["properties", "keyVaultReferenceIdentity"], value => value.Text == "identityId", "identityId")))
        {
            yield return finding;
        }
    }

    /// <summary>A setting whose name says that it is secret holds a vault reference.</summary>
    public static IEnumerable<string> SecretSettingsAreReferences(BicepTemplate template)
    {
        foreach (var (file, name, value) in AppSettings.Of(template))
        {
            if (SecretSetting().IsMatch(name) && !AppSettings.OpensNothing.ContainsKey(name)
                && !value.Text.StartsWith("'@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/", StringComparison.Ordinal))
            {
                yield return $"{file.PlaceOf(value)}: {name} is no vault reference.";
            }
        }
    }

    public static IEnumerable<string> NoSecretOutputs(BicepTemplate template)
    {
        foreach (var file in template.Files.Values)
        {
            foreach (var output in file.Outputs)
            {
                if (SecretName().IsMatch(output.Name) || output.Decorators.ContainsKey("secure"))
                {
                    yield return $"{output.Place}: output {output.Name} is named like a secret.";
                }

                if (output.Value!.DescendantsAndSelf().FirstOrDefault(ReadsSecret) is { } node)
                {
                    yield return $"{output.Place}: output {output.Name} gives away {node.Text}.";
                }
            }
        }
    }

    /// <summary>No parameter carries a secret: a secret would stand in the deployment's history.</summary>
    public static IEnumerable<string> NoSecretParameters(BicepTemplate template) =>
        from file in template.Files.Values
        from parameter in file.Parameters
        where SecretName().IsMatch(parameter.Name) || parameter.Decorators.ContainsKey("secure")
        select $"{parameter.Place}: parameter {parameter.Name} carries a secret.";

    private static bool ReadsSecret(SyntaxNode node) => node.Type switch
    {
        "property_identifier" or "identifier" => SecretName().IsMatch(node.Text) || KeyCall().IsMatch(node.Text),
        _ => false,
    };

    [GeneratedRegex(@"(^|\.)(list[A-Z]\w*|getSecret|regenerate\w*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex KeyCall();

    [GeneratedRegex("AccountKey=|SharedAccess|(?i:password|pwd)=|[?&]sig=|UseDevelopmentStorage", RegexOptions.NonBacktracking)]
    private static partial Regex KeyText();

    [GeneratedRegex("(Key|Secret|Password|Token|ConnectionString|CONNECTION_STRING)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SecretSetting();

    [GeneratedRegex("key(s|value|string)?$|secret|password|token$|connectionstring|instrumentation|credential$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SecretName();
}
