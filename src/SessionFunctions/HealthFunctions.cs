using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>Health and the contract, for anyone: each function names its operation, and the dispatcher does the rest.</summary>
public sealed class HealthFunctions(Dispatcher dispatcher)
{
    /// <summary>Runs the operation <see cref="OperationNames.GetLiveness"/>.</summary>
    [Function(OperationNames.GetLiveness)]
    public Task GetLivenessAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetLiveness, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.GetReadiness"/>.</summary>
    [Function(OperationNames.GetReadiness)]
    public Task GetReadinessAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetReadiness, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.GetOpenApi"/>.</summary>
    [Function(OperationNames.GetOpenApi)]
    public Task GetOpenApiAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi/v1.json")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOpenApi, request.HttpContext);
}
