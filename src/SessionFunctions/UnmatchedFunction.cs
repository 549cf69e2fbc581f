using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionApi;

namespace SessionFunctions;

/// <summary>
/// Answers requests that match no other function. Without it the platform answers 404 to a wrong method and to a browser's preflight.
/// </summary>
public sealed class UnmatchedFunction(Dispatcher dispatcher)
{
    /// <summary>Name of the function.</summary>
    public const string Name = "AnswerUnmatched";

    /// <summary>Matches any method and path; the platform prefers more specific routes.</summary>
    [Function(Name)]
    public Task AnswerUnmatched([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        dispatcher.RunUnmatchedAsync(request.HttpContext);
}
