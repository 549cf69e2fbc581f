using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>Sessions, for services: each function names its operation, and the dispatcher does the rest.</summary>
public sealed class ServiceFunctions(Dispatcher dispatcher)
{
    /// <summary>Runs the operation <see cref="OperationNames.CreateSession"/>.</summary>
    [Function(OperationNames.CreateSession)]
    public Task CreateSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.CreateSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.IntrospectSession"/>.</summary>
    [Function(OperationNames.IntrospectSession)]
    public Task IntrospectSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/introspect")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.IntrospectSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.GetSession"/>.</summary>
    [Function(OperationNames.GetSession)]
    public Task GetSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/sessions/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.TouchSession"/>.</summary>
    [Function(OperationNames.TouchSession)]
    public Task TouchSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/{sid}/touch")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.TouchSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.SetSessionExpiry"/>.</summary>
    [Function(OperationNames.SetSessionExpiry)]
    public Task SetSessionExpiryAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sessions/{sid}/expiry")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.SetSessionExpiry, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.RotateSession"/>.</summary>
    [Function(OperationNames.RotateSession)]
    public Task RotateSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sessions/{sid}/rotate")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RotateSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.RevokeSession"/>.</summary>
    [Function(OperationNames.RevokeSession)]
    public Task RevokeSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/sessions/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RevokeSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.ListUserSessions"/>.</summary>
    [Function(OperationNames.ListUserSessions)]
    public Task ListUserSessionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ListUserSessions, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.RevokeUserSessions"/>.</summary>
    [Function(OperationNames.RevokeUserSessions)]
    public Task RevokeUserSessionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RevokeUserSessions, request.HttpContext);
}
