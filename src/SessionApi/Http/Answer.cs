using Microsoft.AspNetCore.Http;

namespace SessionApi.Http;

/// <summary>Sends complete answers: one write with a known length, no chunks.</summary>
internal static class Answer
{
    /// <summary>Sends a JSON body.</summary>
    public static Task JsonAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ContentType = ContentTypes.Json;
        return SendAsync(context, json);
    }

    /// <summary>
    /// Sends a representation and its entity tag; for a conditional GET or HEAD, 304 or 412 where the condition requires it.
    /// </summary>
    public static Task RepresentationAsync(HttpContext context, string entityTag, ReadOnlyMemory<byte> json)
    {
        context.Response.Headers.ETag = entityTag;
        switch (Preconditions.OfRead(context.Request, entityTag))
        {
            case StatusCodes.Status304NotModified:
                Empty(context, StatusCodes.Status304NotModified);
                return Task.CompletedTask;
            case StatusCodes.Status412PreconditionFailed:
                return SessionProblems.VersionMismatch(entityTag).WriteAsync(context);
            default:
                return JsonAsync(context, StatusCodes.Status200OK, json);
        }
    }

    /// <summary>Sends a status without a body.</summary>
    public static void Empty(HttpContext context, int status) => context.Response.StatusCode = status;

    /// <summary>Sends bytes with the status and headers already set; a HEAD request gets the headers only.</summary>
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
