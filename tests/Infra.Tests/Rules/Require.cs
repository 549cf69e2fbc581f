using Infra.Tests.Model;
using Infra.Tests.Parsing;

namespace Infra.Tests.Rules;

internal static class Require
{
    /// <summary>Requires that every resource of a type sets a property to one of these literals.</summary>
    public static IEnumerable<string> Value(BicepTemplate template, string type, string[] path, params string[] allowed) =>
        Each(template, type, path, value => value.Literal is { } literal && allowed.Contains(literal), string.Join(" or ", allowed));

    public static IEnumerable<string> True(BicepTemplate template, string type, params string[] path) =>
        Each(template, type, path, value => value.IsTrue, "true");

    public static IEnumerable<string> False(BicepTemplate template, string type, params string[] path) =>
        Each(template, type, path, value => value.IsFalse, "false");

    /// <summary>Requires that there is such a resource at all, so that a rule about it cannot pass for want of one.</summary>
    public static IEnumerable<string> Some(BicepTemplate template, string type)
    {
        if (!template.Made(type).Any())
        {
            yield return $"No {type} is made, so nothing was checked.";
        }
    }

    public static IEnumerable<string> Each(BicepTemplate template, string type, string[] path, Func<SyntaxNode, bool> holds, string expected) =>
        Some(template, type).Concat(template.Made(type)
            .Where(resource => resource.Body.Find(path) is not { } value || !holds(value))
            .Select(resource => $"{resource.Place}: {type} '{resource.Symbol}' needs {string.Join('.', path)} = {expected}, has {resource.Body.Find(path)?.Text ?? "nothing"}."));
}
