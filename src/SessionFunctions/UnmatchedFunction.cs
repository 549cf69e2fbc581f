using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>Answers what no other function takes. Without it the platform says 404 to a wrong method and to a browser's preflight.</summary>
public sealed class UnmatchedFunction(Dispatcher dispatcher)
{
    /// <summary>The function's name.</summary>
    public const string Name = "AnswerUnmatched";

    /// <summary>Any method at any path: the platform prefers each more specific route.</summary>
    [Function(Name)]
    public Task AnswerUnmatched([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        dispatcher.RunUnmatchedAsync(request.HttpContext);
}
