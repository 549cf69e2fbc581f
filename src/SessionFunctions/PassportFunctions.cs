using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;
using SessionApi.Contract;

namespace SessionFunctions;

/// <summary>Functions for passports.</summary>
public sealed class PassportFunctions(Dispatcher dispatcher)
{
    /// <summary><c>POST /v1/session/passport</c>.</summary>
    [Function(OperationNames.IssuePassport)]
    public Task IssuePassport([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/session/passport")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.IssuePassport, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/passport-keys</c>.</summary>
    [Function(OperationNames.GetPassportKeys)]
    public Task GetPassportKeys([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/passport-keys")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetPassportKeys, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/endings</c>.</summary>
    [Function(OperationNames.GetEndings)]
    public Task GetEndings([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/endings")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetEndings, request.HttpContext);

    /// <summary><c>GET, HEAD /v1/endings/{sid}</c>.</summary>
    [Function(OperationNames.GetEnding)]
    public Task GetEnding([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/endings/{sid}")] HttpRequest request) =>
        dispatcher.RunAsync(OperationNames.GetEnding, request.HttpContext);
}
