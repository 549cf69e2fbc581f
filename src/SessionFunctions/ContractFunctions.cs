using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions of the contracts: OpenAPI, and AsyncAPI for events.</summary>
public sealed class ContractFunctions(Dispatcher dispatcher)
{
    /// <summary><c>GET, HEAD /openapi/v1.json</c>.</summary>
    [Function(OperationNames.GetOpenApi)]
    public Task GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi/v1.json")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOpenApi, request.HttpContext);

    /// <summary><c>GET, HEAD /asyncapi/v1.json</c>.</summary>
    [Function(OperationNames.GetAsyncApi)]
    public Task GetAsyncApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "asyncapi/v1.json")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetAsyncApi, request.HttpContext);
}
