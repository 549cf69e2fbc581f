using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SessionCore.Pooling;

namespace SessionApi.Http;

/// <summary>A request's body as one piece of memory, or why there is none. Handlers read it themselves.</summary>
/// <remarks>
/// A body that arrives in one segment is read in place; the server's buffer is given back by <see cref="Dispose"/>, after
/// which nothing may point into it.
/// </remarks>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>The most bytes of a body.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly PipeReader? _reader;
    private readonly SequencePosition _end;

    private RequestBody(PipeReader reader, ReadOnlySequence<byte> body)
    {
        _reader = reader;
        _end = body.End;
        Json = body.IsSingleSegment ? body.First : body.ToArray();
        Fault = Json.IsEmpty || JsonShape.IsUnicode(Json.Span)
            ? null
            : SessionProblems.BodyUnreadable("The body must be valid UTF-8 and hold no half of a surrogate pair.");
    }

    private RequestBody(Problem fault) => Fault = fault;

    /// <summary>Gets the body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Gets why the body cannot be read.</summary>
    public Problem? Fault { get; }

    /// <summary>Reads a body that must be there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isMergePatch">Whether <c>application/merge-patch+json</c> (RFC 7396) is fine too.</param>
    /// <param name="cancellationToken">The request's deadline.</param>
    public static ValueTask<RequestBody> ReadAsync(HttpContext context, bool isMergePatch, CancellationToken cancellationToken) =>
        IsJson(context.Request, isMergePatch)
            ? ReadBytesAsync(context, cancellationToken)
            : ValueTask.FromResult(new RequestBody(SessionProblems.MediaTypeUnsupported));

    /// <summary>Reads a body that need not be there; when it is, it must be JSON.</summary>
    public static async ValueTask<RequestBody> ReadOptionalAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength is 0)
        {
            return default;
        }

        var body = await ReadBytesAsync(context, cancellationToken);
        return body.Json.IsEmpty || IsJson(context.Request, isMergePatch: false) ? body : body.Refused();
    }

    public void Dispose() => _reader?.AdvanceTo(_end);

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<RequestBody> ReadBytesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            return new RequestBody(SessionProblems.BodyTooLarge);
        }

        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                var buffer = result.Buffer;
                if (buffer.Length > MaxBytes)
                {
                    reader.AdvanceTo(buffer.End);
                    return new RequestBody(SessionProblems.BodyTooLarge);
                }

                if (result.IsCompleted)
                {
                    return new RequestBody(reader, buffer);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return new RequestBody(SessionProblems.RequestTimeout);
        }
        catch (BadHttpRequestException exception)
        {
            return new RequestBody(exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => SessionProblems.BodyTooLarge,
                StatusCodes.Status408RequestTimeout => SessionProblems.RequestTimeout,
                _ => SessionProblems.BodyUnreadable("The body is not framed as its headers say."),
            });
        }
        catch (IOException)
        {
            return new RequestBody(SessionProblems.BodyUnreadable("The body did not arrive whole."));
        }
    }

    private static bool IsJson(HttpRequest request, bool isMergePatch)
    {
        if (!StringValues.IsNullOrEmpty(request.Headers.ContentEncoding) || request.Headers.ContentType is not [{ } contentType])
        {
            return false;
        }

        var text = contentType.AsSpan();
        var semicolon = text.IndexOf(';');
        var media = (semicolon < 0 ? text : text[..semicolon]).Trim(' ');
        var parameter = semicolon < 0 ? [] : text[(semicolon + 1)..].Trim(' ');
        return (Is(media, "application/json") || (isMergePatch && Is(media, "application/merge-patch+json")))
            && (parameter.IsEmpty || Is(parameter, "charset=utf-8") || Is(parameter, "charset=\"utf-8\""));
    }

    private static bool Is(ReadOnlySpan<char> text, string value) => text.Equals(value, StringComparison.OrdinalIgnoreCase);

    private RequestBody Refused()
    {
        Dispose();
        return new RequestBody(SessionProblems.MediaTypeUnsupported);
    }
}
