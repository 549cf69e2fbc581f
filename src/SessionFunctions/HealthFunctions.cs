using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions of the health checks.</summary>
public sealed class HealthFunctions(Dispatcher dispatcher)
{
    /// <summary><c>GET, HEAD /health/live</c>.</summary>
    [Function(OperationNames.GetLiveness)]
    public Task GetLiveness([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetLiveness, request.HttpContext);

    /// <summary><c>GET, HEAD /health/ready</c>.</summary>
    [Function(OperationNames.GetReadiness)]
    public Task GetReadiness([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetReadiness, request.HttpContext);
}
