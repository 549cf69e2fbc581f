using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions for operators.</summary>
public sealed class OperatorFunctions(Dispatcher dispatcher)
{
    /// <summary><c>POST /v1/operations/purge</c>.</summary>
    [Function(OperationNames.PurgeSessions)]
    public Task PurgeSessions([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/purge")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.PurgeSessions, request.HttpContext);

    /// <summary><c>POST /v1/operations/rebuild-indexes</c>.</summary>
    [Function(OperationNames.RebuildIndexes)]
    public Task RebuildIndexes([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/rebuild-indexes")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RebuildIndexes, request.HttpContext);

    /// <summary><c>POST /v1/operations/revoke-before</c>.</summary>
    [Function(OperationNames.RevokeBefore)]
    public Task RevokeBefore([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/revoke-before")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RevokeBefore, request.HttpContext);

    /// <summary><c>POST /v1/operations/replay-events</c>.</summary>
    [Function(OperationNames.ReplayEvents)]
    public Task ReplayEvents([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/replay-events")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ReplayEvents, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/status</c>.</summary>
    [Function(OperationNames.GetMaintenanceStatus)]
    public Task GetMaintenanceStatus([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/status")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetMaintenanceStatus, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/overview</c>.</summary>
    [Function(OperationNames.GetOverview)]
    public Task GetOverview([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/overview")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOverview, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/sessions</c>.</summary>
    [Function(OperationNames.FindSessions)]
    public Task FindSessions([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/sessions")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.FindSessions, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/me</c>.</summary>
    [Function(OperationNames.GetOperator)]
    public Task GetOperator([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/me")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOperator, request.HttpContext);
}
