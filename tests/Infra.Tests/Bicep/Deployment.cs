using System.Text.Json;

namespace Infra.Tests.Bicep;

/// <summary>Resources that one set of parameters makes, evaluated by the compiler; what only Azure knows stays an expression.</summary>
internal sealed record Deployment(string Variant, IReadOnlyList<DeployedResource> Resources)
{
    public const string Least = """
        using 'main.bicep'
        param environmentName = 'test'
        param location = 'westeurope'

        """;

    public const string Full = Least + """
        param privateNetworking = true
        param services = [
          { id: 'web', client: 'web', hash: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', scopes: ['sessions.read'], expiresAt: '2030-01-31T00:00:00Z' }
        ]
        param passportRing = [
          { vaultEntry: 'passport-key-1', state: 'Active' }
        ]
        param entraAudiences = ['api://sessions']
        param consoleSite = true
        param useEvents = true
        param useEventTopic = true
        param eventTargets = [
          { name: 'shop', kind: 'Webhook', url: 'https://shop.example.com/hooks', types: ['session.ended'], secretEntry: 'event-shop', previousSecretEntry: 'event-shop-1' }
          { name: 'signals', kind: 'Caep', url: 'https://signals.example.com/push', secretEntry: 'event-signals', authorizationEntry: 'event-signals-token', issuer: 'https://sessions.example.com', audience: 'signals' }
        ]
        param clientAddressHeader = 'X-Azure-SocketIP'
        param alertEmails = ['operator@example.com']

        """;

    public bool IsFull => Variant == "full";

    public IEnumerable<DeployedResource> Made(string type) => Resources.Where(resource => resource.Type == type);

    public static Deployment Read(string variant, JsonElement resources) =>
        new(variant, [.. resources.EnumerateArray().Select(body => DeployedResource.Read(variant, body))]);
}

/// <summary>One resource of a deployment.</summary>
/// <param name="Type">For example <c>Microsoft.Storage/storageAccounts</c>.</param>
/// <param name="ApiVersion">Version of its contract.</param>
/// <param name="Id">Resource id.</param>
/// <param name="Name">Name, with those of its parents.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Place">Deployment, type and name, for a finding.</param>
internal sealed record DeployedResource(string Type, string ApiVersion, string Id, string Name, JsonElement Body, string Place)
{
    public static DeployedResource Read(string variant, JsonElement body)
    {
        var (type, name) = (body.Text("type"), body.Text("name"));
        return new DeployedResource(type, body.Text("apiVersion"), body.Text("id"), name, body, $"{variant}: {type} {name}");
    }
}
