using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Bench.LeastFunctions;

/// <summary>A function that answers 200 and reads nothing.</summary>
public static class Empty
{
    /// <summary><c>POST /api/empty</c>.</summary>
    [Function("Empty")]
    public static Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "empty")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        response.ContentLength = 0;
        return response.CompleteAsync();
    }
}
