using Azure.Core;
using Azure.Core.Pipeline;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Gives a delete a body of no bytes. Without one the transport itself repeats the request after a connection broke, and a delete
/// that was applied comes back as "not there" with nobody knowing that there was another try.
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
