using System.Text.RegularExpressions;
using Infra.Tests.Model;

namespace Infra.Tests.Rules;

internal static partial class ShapeRules
{
    /// <summary>Preview versions in use, with the reason.</summary>
    private static readonly Dictionary<string, string> Previews = new(StringComparer.Ordinal)
    {
        ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"] = "the last stable version, 2016-09-01, knows no category groups",
    };

    public static IEnumerable<string> Parses(BicepTemplate template) =>
        from file in template.Files.Values
        from node in file.Root.DescendantsAndSelf()
        where node.IsFault
        select $"{file.PlaceOf(node)}: no Bicep: {node.Text}";

    public static IEnumerable<string> VersionsArePinned(BicepTemplate template) =>
        template.Resources
            .Where(resource => !StableVersion().IsMatch(resource.ApiVersion) && !Previews.ContainsKey($"{resource.Type}@{resource.ApiVersion}"))
            .Select(resource => $"{resource.Place}: {resource.Type}@{resource.ApiVersion} is no stable version.")
            .Concat(template.Resources
                .GroupBy(resource => resource.Type)
                .Where(group => group.Select(resource => resource.ApiVersion).Distinct().Count() > 1)
                .Select(group => $"{group.Key} is used in several versions."));

    public static IEnumerable<string> EverythingIsDescribed(BicepTemplate template)
    {
        foreach (var file in template.Files.Values)
        {
            foreach (var declaration in file.Parameters.Concat(file.Outputs).Concat(file.Types))
            {
                if (string.IsNullOrWhiteSpace(declaration.Description))
                {
                    yield return $"{declaration.Place}: {declaration.Name} has no @description.";
                }
            }

            foreach (var property in file.Types.SelectMany(type => type.Node.ChildrenOf("object")).SelectMany(body => body.ChildrenOf("object_property")))
            {
                if (string.IsNullOrWhiteSpace(file.DescriptionOf(property)))
                {
                    yield return $"{file.PlaceOf(property)}: {property.PropertyName} has no @description.";
                }
            }
        }
    }

    /// <summary>What an operator may set has bounds and, but for the name and the place, a default.</summary>
    public static IEnumerable<string> ParametersAreBounded(BicepTemplate template)
    {
        foreach (var parameter in template.Files["main.bicep"].Parameters)
        {
            var bounds = parameter.Decorators.Keys.ToHashSet(StringComparer.Ordinal);
            if (parameter.Type == "int" && !bounds.Contains("allowed") && !(bounds.Contains("minValue") && bounds.Contains("maxValue")))
            {
                yield return $"{parameter.Place}: {parameter.Name} has no range.";
            }

            if (parameter.Value is null && parameter.Name is not ("environmentName" or "location"))
            {
                yield return $"{parameter.Place}: {parameter.Name} has no default.";
            }
        }
    }

    [GeneratedRegex(@"^20\d\d-\d\d-\d\d$", RegexOptions.NonBacktracking)]
    private static partial Regex StableVersion();
}
