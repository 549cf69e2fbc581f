using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions for services.</summary>
public sealed class ServiceFunctions(Dispatcher dispatcher)
{
    /// <summary><c>POST /v1/sessions</c>.</summary>
    [Function(OperationNames.CreateSession)]
    public Task CreateSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.CreateSession, request.HttpContext);

    /// <summary><c>POST /v1/sessions/introspect</c>.</summary>
    [Function(OperationNames.IntrospectSession)]
    public Task IntrospectSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/introspect")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.IntrospectSession, request.HttpContext);

    /// <summary><c>POST /v1/sessions/introspections</c>.</summary>
    [Function(OperationNames.IntrospectSessions)]
    public Task IntrospectSessions([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/introspections")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.IntrospectSessions, request.HttpContext);

    /// <summary><c>POST /v1/introspect</c>.</summary>
    [Function(OperationNames.IntrospectToken)]
    public Task IntrospectToken([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/introspect")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.IntrospectToken, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/sessions/{sid}</c>.</summary>
    [Function(OperationNames.GetSession)]
    public Task GetSession([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/sessions/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetSession, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/sessions/{sid}/data</c>.</summary>
    [Function(OperationNames.GetSessionData)]
    public Task GetSessionData([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/sessions/{sid}/data")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetSessionData, request.HttpContext);

    /// <summary><c>PUT /v1/sessions/{sid}/data</c>.</summary>
    [Function(OperationNames.ReplaceSessionData)]
    public Task ReplaceSessionData([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sessions/{sid}/data")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ReplaceSessionData, request.HttpContext);

    /// <summary><c>PATCH /v1/sessions/{sid}/data</c>.</summary>
    [Function(OperationNames.MergeSessionData)]
    public Task MergeSessionData([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/sessions/{sid}/data")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.MergeSessionData, request.HttpContext);

    /// <summary><c>PUT /v1/sessions/{sid}/claims</c>.</summary>
    [Function(OperationNames.ReplaceSessionClaims)]
    public Task ReplaceSessionClaims([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sessions/{sid}/claims")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ReplaceSessionClaims, request.HttpContext);

    /// <summary><c>POST /v1/sessions/{sid}/touch</c>.</summary>
    [Function(OperationNames.TouchSession)]
    public Task TouchSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/{sid}/touch")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.TouchSession, request.HttpContext);

    /// <summary><c>PUT /v1/sessions/{sid}/expiry</c>.</summary>
    [Function(OperationNames.SetSessionExpiry)]
    public Task SetSessionExpiry([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sessions/{sid}/expiry")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.SetSessionExpiry, request.HttpContext);

    /// <summary><c>POST /v1/sessions/{sid}/rotate</c>.</summary>
    [Function(OperationNames.RotateSession)]
    public Task RotateSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/{sid}/rotate")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RotateSession, request.HttpContext);

    /// <summary><c>DELETE /v1/sessions/{sid}</c>.</summary>
    [Function(OperationNames.RevokeSession)]
    public Task RevokeSession([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/sessions/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RevokeSession, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/sessions</c>.</summary>
    [Function(OperationNames.ListUserSessions)]
    public Task ListUserSessions([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ListUserSessions, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/events</c>.</summary>
    [Function(OperationNames.ReadEvents)]
    public Task ReadEvents([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/events")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ReadEvents, request.HttpContext);

    /// <summary><c>DELETE /v1/sessions</c>.</summary>
    [Function(OperationNames.RevokeUserSessions)]
    public Task RevokeUserSessions([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RevokeUserSessions, request.HttpContext);
}
