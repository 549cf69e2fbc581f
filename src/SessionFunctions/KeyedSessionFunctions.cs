using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>What services do with sessions under keys of their own.</summary>
public sealed class KeyedSessionFunctions(Dispatcher dispatcher)
{
    /// <summary><c>PUT /v1/keyed-sessions/{key}</c>.</summary>
    [Function(OperationNames.SaveKeyedSession)]
    public Task SaveKeyedSession([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/keyed-sessions/{key}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.SaveKeyedSession, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/keyed-sessions/{key}</c>.</summary>
    [Function(OperationNames.GetKeyedSession)]
    public Task GetKeyedSession([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/keyed-sessions/{key}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetKeyedSession, request.HttpContext);

    /// <summary><c>PATCH /v1/keyed-sessions/{key}</c>.</summary>
    [Function(OperationNames.MergeKeyedSession)]
    public Task MergeKeyedSession([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/keyed-sessions/{key}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.MergeKeyedSession, request.HttpContext);

    /// <summary><c>POST /v1/keyed-sessions/{key}/touch</c>.</summary>
    [Function(OperationNames.TouchKeyedSession)]
    public Task TouchKeyedSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/keyed-sessions/{key}/touch")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.TouchKeyedSession, request.HttpContext);

    /// <summary><c>DELETE /v1/keyed-sessions/{key}</c>.</summary>
    [Function(OperationNames.EndKeyedSession)]
    public Task EndKeyedSession([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/keyed-sessions/{key}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndKeyedSession, request.HttpContext);

    /// <summary><c>DELETE /v1/keyed-sessions</c>.</summary>
    [Function(OperationNames.EndKeyedSessions)]
    public Task EndKeyedSessions([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/keyed-sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndKeyedSessions, request.HttpContext);
}
