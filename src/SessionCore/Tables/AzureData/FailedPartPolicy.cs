using System.Buffers.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Exposes transient failures of transactions to the retry policy. Such an answer has status 202, and the status of the failure is in
/// the part of the failed write.
/// </summary>
internal sealed class FailedPartPolicy : HttpPipelinePolicy
{
    // At the start of a line only: JSON text contains no line breaks, so no stored value can imitate a status line.
    private static ReadOnlySpan<byte> StatusLine => "\r\nHTTP/1.1 "u8;

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        ThrowIfTransient(message.Response);
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        ThrowIfTransient(message.Response);
    }

    private static void ThrowIfTransient(Response answer)
    {
        if (answer.Status != 202)
        {
            return;
        }

        var body = answer.Content.ToMemory().Span;
        while (body.IndexOf(StatusLine) is var start and >= 0)
        {
            body = body[(start + StatusLine.Length)..];
            if (Utf8Parser.TryParse(body, out int status, out _) && TransientFault.IsStatus(status))
            {
                throw new RequestFailedException(status, "A write of the transaction failed.");
            }
        }
    }
}
