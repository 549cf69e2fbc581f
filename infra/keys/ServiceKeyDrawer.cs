using System.Text.Encodings.Web;
using System.Text.Json;
using SessionApi.Callers;
using SessionApi.Contract;

namespace KeyTool;

/// <summary>Draws a service key: the key alone to the output, so that it can be piped on; its entry for the parameters beside it.</summary>
internal sealed class ServiceKeyDrawer(TimeProvider time, TextWriter output, TextWriter remarks)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task RunAsync(string id, string client, IReadOnlyList<string> scopes)
    {
        if (scopes.FirstOrDefault(scope => ScopeNames.Parse(scope) == Scopes.None) is { } unknown)
        {
            throw new KeyToolException($"Unknown scope '{unknown}'. Allowed: {string.Join(", ", ScopeNames.All)}.");
        }

        var expiresAt = time.GetUtcNow() + ServiceKeysOptions.MaxLifetime;
        var key = Draw(id);
        var entry = new { id, client, hash = key.Hash, scopes, expiresAt = expiresAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) };
        await remarks.WriteLineAsync("For 'services' in infra/main.parameters.json:");
        await remarks.WriteLineAsync(JsonSerializer.Serialize(entry, Readable));
        await remarks.WriteLineAsync("For the service's secret store, shown this once:");
        await output.WriteLineAsync(key.Reveal());
    }

    private static ServiceKey Draw(string id)
    {
        try
        {
            return ServiceKey.New(id);
        }
        catch (ArgumentException fault)
        {
            throw new KeyToolException(fault.Message, fault);
        }
    }
}
