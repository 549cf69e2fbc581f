using Azure.Core;
using Azure.Core.Pipeline;

namespace SessionCore.Tables.Rest;

/// <summary>
/// Signs each try with the account's key: Shared Key Lite for the Table service ("Authorize with Shared Key", Azure
/// Storage REST reference), which covers date, account and path.
/// </summary>
internal sealed class SharedKeyLitePolicy(string accountName, StorageAccountKey key, ServiceDate date) : HttpPipelineSynchronousPolicy
{
    private readonly string _resourcePrefix = "\n/" + accountName;
    private readonly string _scheme = "SharedKeyLite " + accountName + ":";

    public override void OnSendingRequest(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = date.Now();
        var path = message.Request.Uri.ToUri().AbsolutePath;
        message.Request.Headers.SetValue("x-ms-date", now);
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, key.Sign(_scheme, now, _resourcePrefix, path));
    }
}
