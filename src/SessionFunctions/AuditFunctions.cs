using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions for timelines.</summary>
public sealed class AuditFunctions(Dispatcher dispatcher)
{
    /// <summary><c>GET, HEAD /v1/sessions/{sid}/timeline</c>.</summary>
    [Function(OperationNames.GetSessionTimeline)]
    public Task GetSessionTimeline([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/sessions/{sid}/timeline")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetSessionTimeline, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/users/timeline</c>.</summary>
    [Function(OperationNames.GetUserTimeline)]
    public Task GetUserTimeline([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/users/timeline")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetUserTimeline, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/timeline</c>.</summary>
    [Function(OperationNames.GetOperatorTimeline)]
    public Task GetOperatorTimeline([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/timeline")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOperatorTimeline, request.HttpContext);
}
