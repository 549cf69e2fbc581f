using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Function of the OpenAPI document.</summary>
public sealed class ContractFunctions(Dispatcher dispatcher)
{
    /// <summary><c>GET, HEAD /openapi/v1.json</c>.</summary>
    [Function(OperationNames.GetOpenApi)]
    public Task GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi/v1.json")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetOpenApi, request.HttpContext);
}
