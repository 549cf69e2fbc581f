namespace SessionCore.Sessions;

/// <summary>Kind of a target of events.</summary>
public enum EventTargetKind
{
    /// <summary>A webhook: one POST for each event, signed by Standard Webhooks.</summary>
    Webhook,

    /// <summary>An Event Grid topic with the CloudEvents schema.</summary>
    EventGrid,

    /// <summary>A receiver of OpenID CAEP: security event tokens pushed by RFC 8935.</summary>
    Caep,
}
