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

    /// <summary><c>POST /v1/operations/verify-audit</c>.</summary>
    [Function(OperationNames.VerifyAudit)]
    public Task VerifyAudit([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/verify-audit")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.VerifyAudit, request.HttpContext);

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

    /// <summary><c>POST /v1/operations/jobs</c>.</summary>
    [Function(OperationNames.CreateJob)]
    public Task CreateJob([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/jobs")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.CreateJob, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/jobs</c>.</summary>
    [Function(OperationNames.ListJobs)]
    public Task ListJobs([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/jobs")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ListJobs, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/jobs/{id}</c>.</summary>
    [Function(OperationNames.GetJob)]
    public Task GetJob([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/jobs/{id}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetJob, request.HttpContext);

    /// <summary><c>POST /v1/operations/jobs/{id}/cancel</c>.</summary>
    [Function(OperationNames.CancelJob)]
    public Task CancelJob([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/jobs/{id}/cancel")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.CancelJob, request.HttpContext);

    /// <summary><c>POST /v1/operations/jobs/{id}/resume</c>.</summary>
    [Function(OperationNames.ResumeJob)]
    public Task ResumeJob([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/jobs/{id}/resume")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ResumeJob, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/operations/jobs/{id}/result</c>.</summary>
    [Function(OperationNames.GetJobResult)]
    public Task GetJobResult([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/operations/jobs/{id}/result")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetJobResult, request.HttpContext);
}
