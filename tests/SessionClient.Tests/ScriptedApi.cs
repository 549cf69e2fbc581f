using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using SessionFunctions.Client;
using SessionFunctions.Client.Diagnostics;

namespace SessionClient.Tests;

/// <summary>An API that answers when the test says so. The sid of every session is its token.</summary>
internal sealed class ScriptedApi : HttpMessageHandler
{
    private readonly Channel<ScriptedCall> _calls = Channel.CreateUnbounded<ScriptedCall>();
    private int _count;

    /// <summary>Gets something that flows with the caller, as the context of a request does.</summary>
    public static AsyncLocal<string?> Flowing { get; } = new();

    /// <summary>Gets the number of calls so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes a client of it, without retries.</summary>
    public SessionsClient NewClient(TimeProvider timeProvider)
    {
        var http = new HttpClient(this) { BaseAddress = new Uri("http://sessions.example/api") };
        return new SessionsClient(http, new ClientMetrics(meters: null, timeProvider), new CredentialLog(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, timeProvider), timeProvider);
    }

    /// <summary>Waits for the next call.</summary>
    public async Task<ScriptedCall> NextAsync() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        var call = new ScriptedCall(request.RequestUri!.AbsolutePath, await request.Content!.ReadAsStringAsync(cancellationToken), Flowing.Value);
        await _calls.Writer.WriteAsync(call, cancellationToken);
        return await call.Response.WaitAsync(cancellationToken);
    }
}

/// <summary>A call that waits for its answer.</summary>
/// <param name="path">The path.</param>
/// <param name="body">The body.</param>
/// <param name="flowed">What flowed with the caller.</param>
internal sealed class ScriptedCall(string path, string body, string? flowed)
{
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<HttpResponseMessage> Response => _response.Task;

    public string? Flowed => flowed;

    public bool IsShared => path == "/api/v1/sessions/introspections";

    public bool IsAlone => path == "/api/v1/sessions/introspect";

    /// <summary>Gets the tokens that are asked for.</summary>
    public IReadOnlyList<string> Tokens => [.. Introspections.Select(static one => one.GetProperty("token").GetString()!)];

    /// <summary>Gets the versions that are named; null where none is.</summary>
    public IReadOnlyList<long?> KnownVersions =>
        [.. Introspections.Select(static one => one.TryGetProperty("knownVersion", out var version) ? version.GetInt64() : (long?)null)];

    private IReadOnlyList<JsonElement> Introspections =>
        IsShared ? [.. JsonElement.Parse(body).GetProperty("introspections").EnumerateArray()] : [JsonElement.Parse(body)];

    /// <summary>Answers each token by its own session; those that <paramref name="problem"/> names by a problem.</summary>
    public void Answer(string? problem = null) => Answer(200, IsShared
        ? $$"""{"answers":[{{string.Join(',', Tokens.Select(token => token == problem ? """{"problem":{"type":"urn:session-functions:problem:store-unavailable","title":"t","status":503}}""" : Active(token)))}}]}"""
        : Active(Tokens[0]));

    public void Answer(int status, string json)
    {
        var type = status < 400 ? "application/json" : "application/problem+json";
        _response.SetResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, type) });
    }

    public void Fail(Exception exception) => _response.SetException(exception);

    public static string Active(string token) => $$"""{"active":true,"session":{"sid":"{{token}}","state":"live","version":7} }""";
}
