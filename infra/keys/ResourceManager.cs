using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;

namespace KeyTool;

/// <summary>The few requests to Azure Resource Manager that drawing keys takes.</summary>
/// <remarks>
/// Entries are made through Resource Manager and not through the vault's own endpoint: so it works for a vault that is
/// closed to the internet, and the operator needs no role that could read a key.
/// </remarks>
internal sealed class ResourceManager(HttpClient http, TokenCredential credential)
{
    private const string VaultVersion = "2024-11-01";
    private const string ReferenceVersion = "2022-03-01";

    private static readonly Uri Endpoint = new("https://management.azure.com");
    private static readonly TokenRequestContext Scope = new(["https://management.azure.com/.default"]);

    /// <summary>Lists the names of a vault's entries; no value is read.</summary>
    public async Task<IReadOnlySet<string>> ListEntriesAsync(string vaultId, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var next = new Uri(Endpoint, $"{vaultId}/secrets?api-version={VaultVersion}"); next is not null;)
        {
            using var page = await SendAsync(HttpMethod.Get, next, content: null, cancellationToken);
            using var json = await JsonDocument.ParseAsync(await page.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
            names.UnionWith(json.RootElement.GetProperty("value").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)); // every resource has one
            next = json.RootElement.TryGetProperty("nextLink", out var link) && link.GetString() is { Length: > 0 } text ? FollowUp(text) : null;
        }

        return names;
    }

    public async Task AddEntryAsync(string vaultId, string name, string value, string contentType, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(new { properties = new { value, contentType, attributes = new { enabled = true } } });
        var target = new Uri(Endpoint, $"{vaultId}/secrets/{Uri.EscapeDataString(name)}?api-version={VaultVersion}");
        (await SendAsync(HttpMethod.Put, target, content, cancellationToken)).Dispose();
    }

    /// <summary>Makes an app refresh its vault references now instead of within a day.</summary>
    public async Task RefreshReferencesAsync(string appId, CancellationToken cancellationToken)
    {
        var target = new Uri(Endpoint, $"{appId}/config/configreferences/appsettings/refresh?api-version={ReferenceVersion}");
        (await SendAsync(HttpMethod.Post, target, content: null, cancellationToken)).Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri target, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, target) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new KeyToolException($"Azure Resource Manager cannot be reached: {fault.Message}", fault);
        }

        if (!response.IsSuccessStatusCode)
        {
            var told = Explain(response.StatusCode, target);
            response.Dispose();
            throw new KeyToolException(told);
        }

        return response;
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await credential.GetTokenAsync(Scope, cancellationToken)).Token;
        }
        catch (AuthenticationFailedException fault)
        {
            throw new KeyToolException("Not signed in. Run 'azd auth login' or 'az login'.", fault);
        }
    }

    // The token goes with it, so it goes nowhere else.
    private static Uri FollowUp(string link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Endpoint.Scheme && uri.Host == Endpoint.Host
        ? uri
        : throw new KeyToolException("Azure Resource Manager points to a page outside itself; nothing was changed.");

    private static string Explain(HttpStatusCode status, Uri target) => status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized =>
            $"Not allowed: {target.AbsolutePath}. Required: Contributor (or Key Vault Contributor and Website Contributor) on the resource group.",
        HttpStatusCode.NotFound => $"{target.AbsolutePath} does not exist. Run 'azd provision' first.",
        HttpStatusCode.Conflict =>
            $"{target.AbsolutePath} was deleted and can be recovered. Recover it (az keyvault secret recover) instead of creating another: sessions may depend on it.",
        _ => $"{target.AbsolutePath} answered {(int)status}. Run 'azd hooks run postprovision' again.",
    };
}
