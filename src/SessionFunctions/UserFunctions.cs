using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>The own session and its siblings, for users: each function names its operation, and the dispatcher does the rest.</summary>
public sealed class UserFunctions(Dispatcher dispatcher)
{
    /// <summary>Runs the operation <see cref="OperationNames.GetOwnSession"/>.</summary>
    [Function(OperationNames.GetOwnSession)]
    public Task GetOwnSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/session")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOwnSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.TouchOwnSession"/>.</summary>
    [Function(OperationNames.TouchOwnSession)]
    public Task TouchOwnSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/session/touch")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.TouchOwnSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.RotateOwnSession"/>.</summary>
    [Function(OperationNames.RotateOwnSession)]
    public Task RotateOwnSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/session/rotate")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RotateOwnSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.EndOwnSession"/>.</summary>
    [Function(OperationNames.EndOwnSession)]
    public Task EndOwnSessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/session")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndOwnSession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.ListMySessions"/>.</summary>
    [Function(OperationNames.ListMySessions)]
    public Task ListMySessionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/me/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ListMySessions, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.EndMySession"/>.</summary>
    [Function(OperationNames.EndMySession)]
    public Task EndMySessionAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/me/sessions/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndMySession, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.EndMySessions"/>.</summary>
    [Function(OperationNames.EndMySessions)]
    public Task EndMySessionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/me/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndMySessions, request.HttpContext);
}
