using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Support.Time;

namespace Support.Http;

/// <summary>Speaks to the API as any client does: over HTTP, knowing only its address and keys.</summary>
public sealed class ApiClient(Uri url, string serviceKey, string operatorKey) : IDisposable
{
    private const int MaxTries = 10;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Gets where the API is.</summary>
    public Uri Url => url;

    /// <summary>Gets the operator's key.</summary>
    public string OperatorKey => operatorKey;

    /// <summary>Gets the service's key.</summary>
    public string ServiceKey => serviceKey;

    /// <summary>Calls as the service.</summary>
    public Task<ApiAnswer> ServiceAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, serviceKey, body, headers);

    /// <summary>Calls as the holder of a session token.</summary>
    public Task<ApiAnswer> UserAsync(string token, string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, token, body, headers);

    /// <summary>Calls as the operator.</summary>
    public Task<ApiAnswer> OperatorAsync(string method, string path, string? body = null) => SendAsync(method, path, operatorKey, body);

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/api</c>.</param>
    /// <param name="credential">The bearer credential; null for none.</param>
    /// <param name="body">A JSON body; null for none.</param>
    /// <param name="headers">Further headers.</param>
    public async Task<ApiAnswer> SendAsync(string method, string path, string? credential, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api" + path);
        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + credential);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer(response.StatusCode, all, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Calls as the service, and again when the answer is 503, as Retry-After asks: what a client does under load.</summary>
    public async Task<ApiAnswer> PatientlyAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var answer = await ServiceAsync(method, path, body, headers);
        for (var tries = 1; (int)answer.Status == 503 && tries < MaxTries; tries++)
        {
            await Task.Delay(TimeSpan.FromSeconds(int.Parse(answer.Header("Retry-After") ?? "1", CultureInfo.InvariantCulture)), TimeProvider.System);
            answer = await ServiceAsync(method, path, body, headers);
        }

        return answer;
    }

    /// <summary>Creates a session.</summary>
    public async Task<(string Sid, string Token)> CreateAsync(string? userId, string? data = null)
    {
        var user = userId is null ? "" : $"\"userId\":\"{userId}\"";
        var more = data is null ? "" : $"\"data\":{data}";
        var answer = await PatientlyAsync("POST", "/v1/sessions", $"{{{string.Join(',', new[] { user, more }.Where(part => part.Length > 0))}}}");
        return (int)answer.Status == 201
            ? (answer.TextOf("sid"), answer.TextOf("token"))
            : throw new InvalidOperationException($"Create answered {(int)answer.Status}: {answer.Text}");
    }

    /// <summary>Whether introspection says that a token is active.</summary>
    public async Task<bool> IsActiveAsync(string token)
    {
        var answer = await PatientlyAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}");
        return (int)answer.Status == 200
            ? answer.Json.GetProperty("active").GetBoolean()
            : throw new InvalidOperationException($"Introspect answered {(int)answer.Status}: {answer.Text}");
    }

    /// <summary>Asks for readiness until it is as expected: the host asks the store at most once a second.</summary>
    /// <returns>The answer that is.</returns>
    /// <exception cref="TimeoutException">It does not become so.</exception>
    public Task<ApiAnswer> UntilReadinessIsAsync(HttpStatusCode status) =>
        Eventually.AnswerAsync(() => SendAsync("GET", "/health/ready", credential: null), answer => answer.Status == status);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
