using System.Text.RegularExpressions;
using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static partial class ShapeRules
{
    /// <summary>Preview versions in use, with the reason.</summary>
    private static readonly Dictionary<string, string> Previews = new(StringComparer.Ordinal)
    {
        ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"] = "the last stable version, 2016-09-01, knows no category groups",
    };

    /// <summary>The compiler and its linter have nothing to say.</summary>
    public static IEnumerable<string> Compiles(CompiledTemplate template) => template.Diagnostics;

    public static IEnumerable<string> VersionsArePinned(CompiledTemplate template)
    {
        var resources = template.Deployments.SelectMany(deployment => deployment.Resources).ToList();
        return resources
            .Where(resource => !StableVersion().IsMatch(resource.ApiVersion) && !Previews.ContainsKey($"{resource.Type}@{resource.ApiVersion}"))
            .Select(resource => $"{resource.Place}: {resource.ApiVersion} is no stable version.")
            .Concat(resources
                .GroupBy(resource => resource.Type)
                .Where(group => group.Select(resource => resource.ApiVersion).Distinct().Count() > 1)
                .Select(group => $"{group.Key} is used in several versions."));
    }

    public static IEnumerable<string> EverythingIsDescribed(CompiledTemplate template) =>
        from module in template.Templates
        let types = module.Template.Members("definitions").ToList()
        from declaration in module.Template.Members("parameters")
            .Concat(module.Template.Members("outputs"))
            .Concat(types)
            .Concat(types.SelectMany(type => type.Value.Members("properties")))
        where string.IsNullOrWhiteSpace(declaration.Value.Text("metadata", "description"))
        select $"{module.Module}: {declaration.Name} has no @description.";

    /// <summary>What an operator may set has bounds and, but for the name and the place, a default.</summary>
    public static IEnumerable<string> ParametersAreBounded(CompiledTemplate template)
    {
        foreach (var parameter in template.Root.Members("parameters"))
        {
            var isBounded = parameter.Value.Find("allowedValues") is not null
                || (parameter.Value.Find("minValue") is not null && parameter.Value.Find("maxValue") is not null);
            if (parameter.Value.Text("type") == "int" && !isBounded)
            {
                yield return $"{parameter.Name} has no range.";
            }

            if (parameter.Value.Find("defaultValue") is null && parameter.Name is not ("environmentName" or "location"))
            {
                yield return $"{parameter.Name} has no default.";
            }
        }
    }

    [GeneratedRegex(@"^20\d\d-\d\d-\d\d$", RegexOptions.NonBacktracking)]
    private static partial Regex StableVersion();
}
