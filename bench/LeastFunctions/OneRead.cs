using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using StackExchange.Redis;

namespace Bench.LeastFunctions;

/// <summary>A function that answers what one Redis read finds: nothing is parsed, checked or written.</summary>
public sealed class OneRead(IDatabase redis)
{
    /// <summary>The key that is read.</summary>
    public const string Key = "bench:one-read";

    /// <summary><c>POST /api/one-read</c>.</summary>
    [Function("OneRead")]
    public async Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "one-read")] HttpRequest request)
    {
        byte[] value = (await redis.StringGetAsync(Key))!;
        var response = request.HttpContext.Response;
        response.ContentType = "application/json";
        response.ContentLength = value.Length;
        await response.BodyWriter.WriteAsync(value);
    }
}
