using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using SessionCore.Pooling;

namespace SessionApi.Http;

/// <summary>Body of a request as contiguous memory, or the problem of reading it. Handlers read it themselves.</summary>
/// <remarks>
/// A body that arrives in one segment is used in place. <see cref="Dispose"/> returns the server's buffer; references into it are then
/// invalid.
/// </remarks>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>The maximum size of a body in bytes.</summary>
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
            : SessionProblems.BodyUnreadable("The body is not Unicode. Allowed: valid UTF-8 without unpaired surrogates.");
    }

    private RequestBody(Problem fault) => Fault = fault;

    /// <summary>Gets the body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Gets the problem of a body that cannot be read; null otherwise.</summary>
    public Problem? Fault { get; }

    /// <summary>Reads a required body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isMergePatch">Whether <c>application/merge-patch+json</c> (RFC 7396) is accepted too.</param>
    /// <param name="cancellationToken">The request's deadline.</param>
    public static ValueTask<RequestBody> ReadAsync(HttpContext context, bool isMergePatch, CancellationToken cancellationToken) =>
        CheckType(context.Request, isMergePatch) is { } unsupported
            ? ValueTask.FromResult(new RequestBody(unsupported))
            : ReadBytesAsync(context, MaxBytes, SessionProblems.BodyTooLarge, cancellationToken);

    /// <summary>Reads a required body of another size than <see cref="MaxBytes"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The maximum size in bytes.</param>
    /// <param name="tooLarge">The problem of a larger one.</param>
    /// <param name="cancellationToken">The request's deadline.</param>
    public static ValueTask<RequestBody> ReadAsync(HttpContext context, int maxBytes, Problem tooLarge, CancellationToken cancellationToken) =>
        CheckType(context.Request, isMergePatch: false) is { } unsupported
            ? ValueTask.FromResult(new RequestBody(unsupported))
            : ReadBytesAsync(context, maxBytes, tooLarge, cancellationToken);

    /// <summary>Reads a body that must be a form.</summary>
    public static ValueTask<RequestBody> ReadFormAsync(HttpContext context, CancellationToken cancellationToken) =>
        CheckFormType(context.Request) is { } unsupported
            ? ValueTask.FromResult(new RequestBody(unsupported))
            : ReadBytesAsync(context, MaxBytes, SessionProblems.BodyTooLarge, cancellationToken);

    /// <summary>Reads a body that need not be there; when it is, it must be JSON.</summary>
    public static async ValueTask<RequestBody> ReadOptionalAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength is 0)
        {
            return default;
        }

        var body = await ReadBytesAsync(context, MaxBytes, SessionProblems.BodyTooLarge, cancellationToken);
        if (body.Json.IsEmpty || CheckType(context.Request, isMergePatch: false) is not { } unsupported)
        {
            return body;
        }

        body.Dispose();
        return new RequestBody(unsupported);
    }

    public void Dispose() => _reader?.AdvanceTo(_end);

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<RequestBody> ReadBytesAsync(HttpContext context, int maxBytes, Problem tooLarge, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > maxBytes)
        {
            return new RequestBody(tooLarge);
        }

        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                // Not a cancellation token: it would leave the server's own read pending, and the server's drain of the body would then
                // fail.
                if (!reader.TryRead(out var result))
                {
                    result = await WaitAsync(reader, cancellationToken);
                }

                var buffer = result.Buffer;
                if (result.IsCanceled)
                {
                    reader.AdvanceTo(buffer.Start, buffer.End);
                    return new RequestBody(SessionProblems.RequestTimeout);
                }

                if (buffer.Length > maxBytes)
                {
                    reader.AdvanceTo(buffer.End);
                    return new RequestBody(tooLarge);
                }

                if (result.IsCompleted)
                {
                    return new RequestBody(reader, buffer);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (BadHttpRequestException exception)
        {
            return new RequestBody(exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => tooLarge,
                StatusCodes.Status408RequestTimeout => SessionProblems.RequestTimeout,
                _ => SessionProblems.BodyUnreadable("The framing of the body does not match its headers."),
            });
        }
        catch (IOException)
        {
            return new RequestBody(SessionProblems.BodyUnreadable("The body is incomplete."));
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<ReadResult> WaitAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        await using var deadline = cancellationToken.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), reader); // the reader is given
        return await reader.ReadAsync(CancellationToken.None);
    }

    // Each names the header that tells what would be taken (RFC 9110 section 15.5.16).
    private static Problem? CheckType(HttpRequest request, bool isMergePatch)
    {
        if (CheckCoding(request) is { } coded)
        {
            return coded;
        }

        if (RequestMediaType.IsAllowed(request.Headers.ContentType, RequestMediaType.Json, isMergePatch ? RequestMediaType.MergePatch : null))
        {
            return null;
        }

        return isMergePatch ? SessionProblems.PatchTypeUnsupported : SessionProblems.MediaTypeUnsupported;
    }

    private static Problem? CheckFormType(HttpRequest request)
    {
        if (CheckCoding(request) is { } coded)
        {
            return coded;
        }

        return RequestMediaType.IsAllowed(request.Headers.ContentType, RequestMediaType.Form) ? null : SessionProblems.FormTypeRequired;
    }

    private static Problem? CheckCoding(HttpRequest request)
    {
        foreach (var coding in request.Headers.ContentEncoding)
        {
            if (!string.IsNullOrEmpty(coding) && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                return SessionProblems.ContentCodingUnsupported;
            }
        }

        return null;
    }
}
