using Azure.Core;
using Azure.Core.Pipeline;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Adds an empty body to deletes. Without a body the transport itself repeats the request after a broken connection, so an applied
/// delete could be answered with "not found" without a recorded retry.
/// </summary>
internal sealed class DeleteBodyPolicy : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Request.Method == RequestMethod.Delete)
        {
            message.Request.Content ??= RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        }
    }
}
