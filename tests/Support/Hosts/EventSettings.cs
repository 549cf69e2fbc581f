using Support.Http;

namespace Support.Hosts;

/// <summary>Settings of a host that delivers events to a receiver on this machine.</summary>
public static class EventSettings
{
    /// <summary>The secret of the webhook.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Returns the settings.</summary>
    /// <param name="receiver">What receives all events.</param>
    /// <param name="queues">Where a function app finds its hints.</param>
    /// <param name="queue">The queue of hints.</param>
    public static Dictionary<string, string> To(WebhookReceiver receiver, AzuriteQueues queues, string queue) => new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = queues.ConnectionString,
        ["EventQueue"] = queue,
        ["Events:Enabled"] = "true",
        ["Events:Targets:app:Url"] = receiver.Url.ToString(),
        ["Events:Targets:app:Secret"] = Secret,
        ["Events:Targets:app:AllowPrivateAddresses"] = "true",
    };
}
