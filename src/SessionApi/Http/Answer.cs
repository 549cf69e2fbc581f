using Microsoft.AspNetCore.Http;

namespace SessionApi.Http;

/// <summary>Sends finished answers: one write with the length known, no chunks.</summary>
internal static class Answer
{
    /// <summary>Sends a JSON body.</summary>
    public static Task JsonAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ContentType = ContentTypes.Json;
        return SendAsync(context, json);
    }

    /// <summary>Sends a status without a body.</summary>
    public static void Empty(HttpContext context, int status) => context.Response.StatusCode = status;

    /// <summary>Sends bytes under the status and headers already set; a HEAD request gets the headers only.</summary>
    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        var write = response.BodyWriter.WriteAsync(body, CancellationToken.None);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }
}
