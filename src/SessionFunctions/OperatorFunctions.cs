using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>Maintenance, for operators: each function names its operation, and the dispatcher does the rest.</summary>
public sealed class OperatorFunctions(Dispatcher dispatcher)
{
    /// <summary>Runs the operation <see cref="OperationNames.PurgeSessions"/>.</summary>
    [Function(OperationNames.PurgeSessions)]
    public Task PurgeSessionsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/purge")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.PurgeSessions, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.RebuildIndexes"/>.</summary>
    [Function(OperationNames.RebuildIndexes)]
    public Task RebuildIndexesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/rebuild-indexes")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RebuildIndexes, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.RevokeBefore"/>.</summary>
    [Function(OperationNames.RevokeBefore)]
    public Task RevokeBeforeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/revoke-before")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.RevokeBefore, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.GetMaintenanceStatus"/>.</summary>
    [Function(OperationNames.GetMaintenanceStatus)]
    public Task GetMaintenanceStatusAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operations/status")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetMaintenanceStatus, request.HttpContext);
}
