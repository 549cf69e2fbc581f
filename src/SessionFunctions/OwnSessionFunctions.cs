using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions for the user's own session.</summary>
public sealed class OwnSessionFunctions(Dispatcher dispatcher)
{
    /// <summary><c>GET, HEAD /v1/session</c>.</summary>
    [Function(OperationNames.GetOwnSession)]
    public Task GetOwnSession([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/session")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOwnSession, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/session/changes</c>.</summary>
    [Function(OperationNames.AwaitOwnChanges)]
    public Task AwaitOwnChanges([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/session/changes")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.AwaitOwnChanges, request.HttpContext);

    /// <summary><c>POST /v1/session/touch</c>.</summary>
    [Function(OperationNames.TouchOwnSession)]
    public Task TouchOwnSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/session/touch")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.TouchOwnSession, request.HttpContext);

    /// <summary><c>POST /v1/session/rotate</c>.</summary>
    [Function(OperationNames.RotateOwnSession)]
    public Task RotateOwnSession([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/session/rotate")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RotateOwnSession, request.HttpContext);

    /// <summary><c>DELETE /v1/session</c>.</summary>
    [Function(OperationNames.EndOwnSession)]
    public Task EndOwnSession([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/session")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndOwnSession, request.HttpContext);
}
