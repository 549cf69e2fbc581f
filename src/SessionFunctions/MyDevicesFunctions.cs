using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions for a user's sessions on all devices.</summary>
public sealed class MyDevicesFunctions(Dispatcher dispatcher)
{
    /// <summary><c>GET, HEAD /v1/me/sessions</c>.</summary>
    [Function(OperationNames.ListMySessions)]
    public Task ListMySessions([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/me/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ListMySessions, request.HttpContext);

    /// <summary><c>DELETE /v1/me/sessions/{sid}</c>.</summary>
    [Function(OperationNames.EndMySession)]
    public Task EndMySession([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/me/sessions/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndMySession, request.HttpContext);

    /// <summary><c>DELETE /v1/me/sessions</c>.</summary>
    [Function(OperationNames.EndMySessions)]
    public Task EndMySessions([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/me/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.EndMySessions, request.HttpContext);
}
