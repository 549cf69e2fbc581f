using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SessionAspNetCore.Tests.Hosting;

/// <summary>A browser as far as cookies go: it keeps what is set and drops what is deleted. It follows no redirect.</summary>
internal sealed class Browser(Uri address) : IDisposable
{
    public const string UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };

    /// <summary>Gets the cookies.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the headers that every request has.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal) { ["User-Agent"] = UserAgent };

    /// <summary>Gets the last values of Set-Cookie.</summary>
    public IReadOnlyList<string> LastSetCookies { get; private set; } = [];

    /// <summary>Gets the token of the session; null when there is no cookie of one.</summary>
    public string? Token => Cookies.GetValueOrDefault("__Host-session");

    /// <summary>Another tab, window or copy of the same browser, whose cookies part from now on.</summary>
    public Browser Copy()
    {
        var copy = new Browser(address);
        foreach (var (name, value) in Cookies)
        {
            copy.Cookies[name] = value;
        }

        return copy;
    }

    public async Task<HttpResponseMessage> GetAsync(string path) => await SendAsync(HttpMethod.Get, path, content: null);

    public async Task<HttpResponseMessage> PostAsync(string path, HttpContent? content = null) => await SendAsync(HttpMethod.Post, path, content);

    public async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await _client.SendAsync(request);
        LastSetCookies = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];
        foreach (var cookie in LastSetCookies)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }

        return answer;
    }
}
