using Infra.Tests.Model;
using Infra.Tests.Parsing;

namespace Infra.Tests.Rules;

/// <summary>What a compiler would say about names; none is at hand where the tests run.</summary>
internal static class ReferenceRules
{
    private static readonly string[] Functions =
    [
        "cidrSubnet", "concat", "description", "empty", "environment", "export", "flatten", "guid", "items", "join", "length", "map", "range", "replace", "resourceGroup",
        "string", "subscription", "subscriptionResourceId", "tenant", "toLower", "union", "uniqueString",
        "allowed", "minLength", "maxLength", "minValue", "maxValue",
    ];

    /// <summary>Each file named by a module or an import is there; each parameter and output of it too; none is forgotten.</summary>
    public static IEnumerable<string> ModulesFit(BicepTemplate template)
    {
        foreach (var file in template.Files.Values)
        {
            foreach (var import in file.Imports)
            {
                var path = Resolve(file, import.ChildrenOf("string").First().Literal!);
                if (!template.Files.TryGetValue(path, out var source)
                    || import.ChildrenOf("identifier").Any(name => source.Types.All(type => type.Name != name.Text)))
                {
                    yield return $"{file.PlaceOf(import)}: {path} does not offer what is imported.";
                }
            }

            foreach (var module in file.Modules)
            {
                if (!template.Files.TryGetValue(Resolve(file, module.Path), out var target))
                {
                    yield return $"{module.Place}: there is no {module.Path}.";
                    continue;
                }

                foreach (var finding in ParametersFit(module, target).Concat(OutputsFit(file, module, target)))
                {
                    yield return finding;
                }
            }
        }
    }

    public static IEnumerable<string> NamesResolve(BicepTemplate template)
    {
        foreach (var file in template.Files.Values)
        {
            var known = Functions.Concat(Declared(file)).ToHashSet(StringComparer.Ordinal);
            foreach (var node in file.Root.DescendantsAndSelf().SelectMany(Uses))
            {
                if (!known.Contains(node.Text))
                {
                    yield return $"{file.PlaceOf(node)}: {node.Text} is declared nowhere.";
                }
            }
        }
    }

    public static IEnumerable<string> EverythingIsUsed(BicepTemplate template) =>
        from file in template.Files.Values
        let used = file.Root.DescendantsAndSelf().SelectMany(Uses).Select(node => node.Text).ToHashSet(StringComparer.Ordinal)
        from declaration in file.Parameters.Concat(file.Variables)
        where !used.Contains(declaration.Name)
        select $"{declaration.Place}: {declaration.Name} is not used.";

    private static IEnumerable<string> ParametersFit(BicepModule module, BicepFile target)
    {
        var given = module.Body.Find("params")?.ChildrenOf("object_property").Select(property => property.PropertyName!).ToList() ?? [];
        return given.Except(target.Parameters.Select(parameter => parameter.Name))
            .Select(name => $"{module.Place}: {target.Path} has no parameter {name}.")
            .Concat(target.Parameters.Where(parameter => parameter.Value is null).Select(parameter => parameter.Name).Except(given)
                .Select(name => $"{module.Place}: {target.Path} needs {name}."));
    }

    private static IEnumerable<string> OutputsFit(BicepFile file, BicepModule module, BicepFile target) =>
        from node in file.Root.DescendantsAndSelf()
        where node.Type == "member_expression" && node.Children[0].Type == "member_expression"
        let inner = node.Children[0]
        where inner.Children[0].Text == module.Symbol && inner.Children[^1].Text == "outputs"
        where target.Outputs.All(output => output.Name != node.Children[^1].Text)
        select $"{file.PlaceOf(node)}: {target.Path} has no output {node.Children[^1].Text}.";

    private static IEnumerable<string> Declared(BicepFile file) =>
    [
        .. file.Parameters.Concat(file.Variables).Concat(file.Types).Select(declaration => declaration.Name),
        .. file.Resources.Select(resource => resource.Symbol),
        .. file.Modules.Select(module => module.Symbol),
        .. file.Imports.SelectMany(import => import.ChildrenOf("identifier")).Select(name => name.Text),
        .. file.Root.DescendantsAndSelf().SelectMany(Bound),
    ];

    // Names that loops and lambdas bind.
    private static IEnumerable<string> Bound(SyntaxNode node) => node.Type switch
    {
        "for_loop_parameters" => node.NamedChildren().Select(name => name.Text),
        "for_statement" => node.ChildrenOf("identifier").Take(1).Where(name => name.Field == "initializer").Select(name => name.Text),
        "lambda_expression" => node.Children[0].Type == "identifier" ? [node.Children[0].Text] : node.Children[0].NamedChildren().Select(name => name.Text),
        _ => [],
    };

    // An identifier that reads something: not the name of a declaration, of a property or of a property's value-less key.
    private static IEnumerable<SyntaxNode> Uses(SyntaxNode parent) => parent.Type switch
    {
        "parameter_declaration" or "variable_declaration" or "output_declaration" or "resource_declaration" or "module_declaration"
            or "type_declaration" or "object_property" => parent.NamedChildren().Skip(1).Where(IsName),
        "import_functionality" or "metadata_declaration" => [],
        _ => parent.Children.Where(IsName),
    };

    private static bool IsName(SyntaxNode node) => node.Type == "identifier";

    private static string Resolve(BicepFile file, string path)
    {
        var folder = Path.GetDirectoryName(file.Path) ?? "";
        return Path.Combine(folder, path).Replace('\\', '/');
    }
}
