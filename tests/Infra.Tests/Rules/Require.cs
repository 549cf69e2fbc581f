using System.Text.Json;
using Infra.Tests.Bicep;

namespace Infra.Tests.Rules;

internal static class Require
{
    /// <summary>Requires that every resource of a type sets a property to one of these strings.</summary>
    public static IEnumerable<string> Value(CompiledTemplate template, string type, string[] path, params string[] allowed) =>
        Each(template, type, path, value => value.ValueKind == JsonValueKind.String && allowed.Contains(value.GetString()), string.Join(" or ", allowed));

    public static IEnumerable<string> True(CompiledTemplate template, string type, params string[] path) =>
        Each(template, type, path, value => value.ValueKind == JsonValueKind.True, "true");

    public static IEnumerable<string> False(CompiledTemplate template, string type, params string[] path) =>
        Each(template, type, path, value => value.ValueKind == JsonValueKind.False, "false");

    public static IEnumerable<string> Each(CompiledTemplate template, string type, string[] path, Func<JsonElement, bool> holds, string expected) =>
        template.Deployments.SelectMany(deployment => Each(deployment, type, path, holds, expected));

    /// <summary>Requires it of one deployment. Having no such resource at all is a finding too, so that a rule cannot pass for want of one.</summary>
    public static IEnumerable<string> Each(Deployment deployment, string type, string[] path, Func<JsonElement, bool> holds, string expected)
    {
        var made = deployment.Made(type).ToList();
        return made.Count == 0
            ? [$"{deployment.Variant}: no {type} is made, so nothing was checked."]
            : made.Where(resource => resource.Body.Find(path) is not { } value || !holds(value))
                .Select(resource => $"{resource.Place} needs {string.Join('.', path)} = {expected}, has {resource.Body.Find(path)?.GetRawText() ?? "nothing"}.");
    }
}
