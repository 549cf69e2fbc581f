using System.Net;
using System.Text.Json;

namespace Infra.Tests.Keys;

/// <summary>A vault behind Resource Manager: pages of names, entries made once, everything noted.</summary>
internal sealed class FakeResourceManager : HttpMessageHandler
{
    public const string Vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";
    public const string App = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a";

    public Dictionary<string, string> Entries { get; } = new(StringComparer.Ordinal);

    public List<string> Requests { get; } = [];

    public HttpStatusCode? ListFails { get; set; }

    public HttpStatusCode? AddFails { get; set; }

    public string NextPage { get; set; } = $"https://management.azure.com{Vault}/secrets?page=";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath; // requests of the tool always have one
        Requests.Add($"{request.Method} {path}");
        Assert.Equal("Bearer token", request.Headers.Authorization?.ToString());
        if (request.Method == HttpMethod.Get)
        {
            return ListFails is { } status ? new HttpResponseMessage(status) : List(request.RequestUri.Query);
        }

        if (request.Method == HttpMethod.Put && AddFails is { } refusal)
        {
            return new HttpResponseMessage(refusal);
        }

        if (request.Method == HttpMethod.Put)
        {
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)); // a put has a body
            Entries.Add(path.Split('/')[^1], body.RootElement.GetProperty("properties").GetProperty("value").GetString()!);
        }

        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    // One name a page, so that the tool has to follow the links.
    private HttpResponseMessage List(string query)
    {
        var mark = query.IndexOf("page=", StringComparison.Ordinal);
        var page = mark < 0 ? 0 : int.Parse(query[(mark + 5)..], System.Globalization.CultureInfo.InvariantCulture);
        var names = Entries.Keys.Order(StringComparer.Ordinal).Skip(page).Take(1).Select(name => new { name });
        var nextLink = page + 1 < Entries.Count ? NextPage + (page + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(new { value = names, nextLink })) };
    }
}
