using System.Globalization;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The answer of the application when it is not known whether a user is signed in: 503, never 401.</summary>
internal static class UnavailableAnswer
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether an exception means that the same request may succeed later.</summary>
    public static bool IsMeantBy(Exception exception) => exception is SessionsUnavailableException or SessionsException { Status: StatusCodes.Status429TooManyRequests };

    /// <summary>Sets status and headers, and writes the body.</summary>
    public static async Task WriteAsync(HttpContext context, Exception cause, Func<HttpContext, Task> writeBody)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        var wait = (cause as SessionsException)?.RetryAfter ?? DefaultRetryAfter;
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        await writeBody(context).ConfigureAwait(false);
    }

    /// <summary>Writes the default body.</summary>
    public static Task WriteTextAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("The service that holds the sessions cannot be reached. Try again shortly.", context.RequestAborted);
    }
}
