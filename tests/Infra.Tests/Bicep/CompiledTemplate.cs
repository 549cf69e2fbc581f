using System.Text.Json;

namespace Infra.Tests.Bicep;

/// <summary>Compiler output: its diagnostics, the ARM template, and the resources that two deployments of it would make.</summary>
internal sealed class CompiledTemplate
{
    private readonly JsonElement _result;
    private readonly Lazy<JsonElement> _root;
    private readonly Lazy<Deployment> _least;
    private readonly Lazy<Deployment> _full;

    public CompiledTemplate(JsonElement result, Func<string, string, JsonElement> predict)
    {
        _result = result;
        _root = new Lazy<JsonElement>(() =>
        {
            using var json = JsonDocument.Parse(result.GetProperty("contents").GetString() ?? throw new InvalidOperationException(string.Join('\n', Diagnostics)));
            return json.RootElement.Clone();
        });
        _least = new Lazy<Deployment>(() => Deployment.Read("least", predict("least", Deployment.Least)));
        _full = new Lazy<Deployment>(() => Deployment.Read("full", predict("full", Deployment.Full)));
    }

    public bool Succeeded => _result.GetProperty("success").GetBoolean();

    /// <summary>Gets the errors and warnings, those of the linter included.</summary>
    public IEnumerable<string> Diagnostics =>
        from diagnostic in _result.GetProperty("diagnostics").EnumerateArray()
        let level = diagnostic.GetProperty("level").GetString()
        where level is "Error" or "Warning"
        select $"{level} {diagnostic.GetProperty("code").GetString()}: {diagnostic.GetProperty("message").GetString()}";

    /// <summary>Gets the ARM template of main.bicep.</summary>
    public JsonElement Root => _root.Value;

    /// <summary>Gets the ARM templates by their modules: main, and those nested in it.</summary>
    public IEnumerable<(string Module, JsonElement Template)> Templates => Nested("main", Root);

    /// <summary>Gets the deployment with everything switched on: private network, services, keys of passports, Entra ID audiences, mail.</summary>
    public Deployment Full => _full.Value;

    /// <summary>Gets that deployment and the one with the defaults.</summary>
    public IEnumerable<Deployment> Deployments
    {
        get
        {
            yield return Full;
            yield return _least.Value;
        }
    }

    /// <summary>Lists the resources of a type in both deployments.</summary>
    public IEnumerable<DeployedResource> Made(string type) => Deployments.SelectMany(deployment => deployment.Made(type));

    private static IEnumerable<(string Module, JsonElement Template)> Nested(string module, JsonElement template)
    {
        yield return (module, template);
        if (template.GetProperty("resources") is not { ValueKind: JsonValueKind.Object } symbols)
        {
            yield break; // without symbolic names, and only main nests
        }

        foreach (var resource in symbols.EnumerateObject())
        {
            if (resource.Value.Find("properties", "template") is { } nested)
            {
                foreach (var found in Nested(resource.Name, nested))
                {
                    yield return found;
                }
            }
        }
    }
}
