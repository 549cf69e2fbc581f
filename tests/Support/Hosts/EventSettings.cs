using Support.Http;

namespace Support.Hosts;

/// <summary>Settings of a host that delivers events to a receiver on this machine.</summary>
public static class EventSettings
{
    /// <summary>The secret of the webhook.</summary>
    public static string Secret { get; } = "whsec_" + Convert.ToBase64String(new byte[24]);

    /// <summary>Returns the settings.</summary>
    /// <param name="receiver">What receives all events.</param>
    /// <param name="queues">Where a function app finds its hints.</param>
    /// <param name="queue">The queue of hints.</param>
    public static IReadOnlyDictionary<string, string> To(WebhookReceiver receiver, AzuriteQueues queues, string queue) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = queues.ConnectionString,
        ["EventQueue"] = queue,
        ["Events:Enabled"] = "true",
        ["Events:Targets:app:Url"] = receiver.Url.ToString(),
        ["Events:Targets:app:Secret"] = Secret,
        ["Events:Targets:app:AllowPrivateAddresses"] = "true",
    };
}
