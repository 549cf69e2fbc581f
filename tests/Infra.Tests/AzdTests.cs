using System.Text.Json;
using Infra.Tests.Bicep;
using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>azure.yaml, the parameters and the template fit together, so that azd up finds everything it names.</summary>
[Collection(SharedCompiler.Name)]
public sealed class AzdTests(BicepCompiler compiler)
{
    private static readonly string[] Yaml = File.ReadAllLines(RepositoryRoot.Combine("azure.yaml"));

    [Fact]
    public void Every_parameter_given_is_one_of_the_template_and_none_it_needs_is_missing()
    {
        var known = compiler.Sound.Root.Members("parameters").ToList();
        var given = Parameters().Select(parameter => parameter.Name).ToList();

        Assert.Empty(given.Except(known.Select(parameter => parameter.Name)));
        Assert.Empty(known.Where(parameter => parameter.Value.Find("defaultValue") is null).Select(parameter => parameter.Name).Except(given));
    }

    [Fact]
    public void A_parameter_from_the_environment_keeps_the_default_of_the_template()
    {
        var known = compiler.Sound.Root.GetProperty("parameters");

        foreach (var (name, value) in Parameters())
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.Split('=') is [_, var fallback])
            {
                Assert.Equal(known.Find(name, "defaultValue")?.GetRawText(), fallback.TrimEnd('}'));
            }
        }
    }

    [Fact]
    public void The_ring_has_one_active_key_and_no_number_twice()
    {
        var ring = Parameters().Single(parameter => parameter.Name == "keyRing").Value.EnumerateArray().ToList();

        Assert.Single(ring, entry => entry.GetProperty("state").GetString() == "Active");
        Assert.Equal(ring.Count, ring.Select(entry => entry.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(ring.Count, ring.Select(entry => entry.GetProperty("vaultEntry").GetString()).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_service_is_found_by_its_tag()
    {
        var service = Yaml.SkipWhile(line => line != "services:").Skip(1).First().Trim().TrimEnd(':');

        Assert.Equal(service, compiler.Sound.Full.Made(ResourceTypes.Site).Single().Body.Text("tags", "azd-service-name"));
    }

    [Fact]
    public void Every_path_in_azure_yaml_exists()
    {
        var paths = Values("project:").Concat(Values("path:")).Concat(Values("run:").Select(command => command.Split(' ').SkipWhile(word => word != "--project").ElementAt(1))).ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Directory.Exists(RepositoryRoot.Combine(path.Split('/'))), $"{path} is not there."));
    }

    [Theory]
    [InlineData("SESSION_VAULT_ID")]
    [InlineData("SESSION_APP_ID")]
    [InlineData("SESSION_RING_NAMES")]
    public void The_hook_is_given_what_it_reads(string output) => Assert.NotNull(compiler.Sound.Root.Find("outputs", output));

    private static List<(string Name, JsonElement Value)> Parameters()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("infra", "main.parameters.json")));
        return [.. json.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => (parameter.Name, parameter.Value.GetProperty("value").Clone()))];
    }

    private static IEnumerable<string> Values(string key) =>
        Yaml.Select(line => line.Trim()).Where(line => line.StartsWith(key, StringComparison.Ordinal)).Select(line => line[key.Length..].Trim());
}
