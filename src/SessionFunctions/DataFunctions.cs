using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>A session's data, for services: each function names its operation, and the dispatcher does the rest.</summary>
public sealed class DataFunctions(Dispatcher dispatcher)
{
    /// <summary>Runs the operation <see cref="OperationNames.GetSessionData"/>.</summary>
    [Function(OperationNames.GetSessionData)]
    public Task GetSessionDataAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sessions/{sid}/data")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetSessionData, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.ReplaceSessionData"/>.</summary>
    [Function(OperationNames.ReplaceSessionData)]
    public Task ReplaceSessionDataAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sessions/{sid}/data")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.ReplaceSessionData, request.HttpContext);

    /// <summary>Runs the operation <see cref="OperationNames.MergeSessionData"/>.</summary>
    [Function(OperationNames.MergeSessionData)]
    public Task MergeSessionDataAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/sessions/{sid}/data")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.MergeSessionData, request.HttpContext);
}
