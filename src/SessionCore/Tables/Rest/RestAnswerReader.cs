using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using SessionCore.Pooling;

namespace SessionCore.Tables.Rest;

/// <summary>Takes an answer off the wire, whole, so that its body counts against the deadline of the try.</summary>
internal static class RestAnswerReader
{
    // A page of the service has at most 4 MiB, a transaction's answer far less; whatever is larger does not come from it.
    private const int MaxBodyBytes = 16 * 1024 * 1024;
    private const int FirstBodyBytes = 4 * 1024;

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public static async ValueTask<RestAnswer> ReadAsync(Response response, RestRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(response, cancellationToken);
        if (request.Writes > 0 && response.Status == 202)
        {
            using (body)
            {
                return OfTransaction(response, BatchReader.Read(body.Written.Span, request.Writes));
            }
        }

        if (response.Status is >= 200 and < 300)
        {
            return OfSuccess(response, request, body);
        }

        using (body)
        {
            return OfFault(response, response.Status, CodeOf(response) ?? StorageErrorText.Read(body.Written.Span).Code);
        }
    }

    private static RestAnswer OfSuccess(Response response, RestRequest request, PooledBuffer body) => new()
    {
        Status = response.Status,
        ETag = request.IsQuery ? null : Header(response, "ETag"),
        NextPartitionKey = request.IsQuery ? Header(response, "x-ms-continuation-NextPartitionKey") : null,
        NextRowKey = request.IsQuery ? Header(response, "x-ms-continuation-NextRowKey") : null,
        Body = body,
    };

    private static RestAnswer OfTransaction(Response response, BatchReader batch) => batch switch
    {
        { Status: 204 } => new RestAnswer { Status = 204, ETags = batch.ETags, FailedIndex = -1 },
        { Status: 0 } => new RestAnswer { Fault = new InvalidDataException("The answer to a transaction makes no sense.") },
        _ => OfFault(response, batch.Status, batch.Code, batch.FailedIndex),
    };

    private static RestAnswer OfFault(Response response, int status, string? code, int failedIndex = 0) => new()
    {
        Status = status,
        Code = code,
        FailedIndex = failedIndex,
        RequestId = RequestId(response),
        RetryAfter = RetryAfter(response),
    };

    private static async ValueTask<PooledBuffer> ReadBodyAsync(Response response, CancellationToken cancellationToken)
    {
        var length = response.Headers.ContentLengthLong ?? FirstBodyBytes;
        if (length > MaxBodyBytes)
        {
            throw new InvalidDataException("The answer is larger than the service's limits allow.");
        }

        // One byte more, so that the end is seen without growing.
        var body = new PooledBuffer((int)length + 1);
        try
        {
            if (response.Status != 204 && response.ContentStream is { } stream)
            {
                int count;
                while ((count = await stream.ReadAsync(body.GetMemory(), cancellationToken)) > 0)
                {
                    body.Advance(count);
                    if (body.Length > MaxBodyBytes)
                    {
                        throw new InvalidDataException("The answer is larger than the service's limits allow.");
                    }
                }
            }

            return body;
        }
        catch
        {
            body.Abandon();
            body.Dispose();
            throw;
        }
    }

    private static string? CodeOf(Response response) => StorageErrorText.Word(Header(response, "x-ms-error-code"));

    private static string? RequestId(Response response) => StorageErrorText.Word(Header(response, "x-ms-request-id"));

    private static TimeSpan? RetryAfter(Response response)
    {
        if (int.TryParse(Header(response, "x-ms-retry-after-ms") ?? Header(response, "retry-after-ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var ms))
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        return int.TryParse(Header(response, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    private static string? Header(Response response, string name) => response.Headers.TryGetValue(name, out var value) ? value : null;
}
