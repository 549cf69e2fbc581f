namespace SessionCore.Sessions;

/// <summary>What is different for the sessions that one client has created. What is not set is as for all clients.</summary>
public sealed class ClientPolicyOptions
{
    /// <summary>Gets or sets the limits at level aal1.</summary>
    /// <value>Default: those of all clients.</value>
    public ClientProfileOptions Aal1 { get; set; } = new();

    /// <summary>Gets or sets the limits at level aal2.</summary>
    /// <value>Default: those of all clients.</value>
    public ClientProfileOptions Aal2 { get; set; } = new();

    /// <summary>Gets or sets the limits at level aal3.</summary>
    /// <value>Default: those of all clients; never more than 12 hours.</value>
    public ClientProfileOptions Aal3 { get; set; } = new();

    /// <summary>Gets or sets the limits of persistent sessions.</summary>
    /// <value>Default: those of all clients.</value>
    public ClientProfileOptions Persistent { get; set; } = new();

    /// <summary>Gets or sets whether a token that its user has rotated away can be rotated again within its grace.</summary>
    /// <value>Default: as for all clients.</value>
    public RotationReplay? RotationReplay { get; set; }

    /// <summary>Gets or sets what happens when a token that was rotated away comes back after its grace.</summary>
    /// <value>Default: as for all clients.</value>
    public ReusePolicy? ReuseOfOldToken { get; set; }
}

/// <summary>What is different in the limits of a client's sessions.</summary>
public sealed class ClientProfileOptions
{
    /// <summary>Gets or sets how long a session lives whatever its use.</summary>
    /// <value>Default: as for all clients; 1 minute to 400 days.</value>
    public TimeSpan? AbsoluteLifetime { get; set; }

    /// <summary>Gets or sets how long a session lives without use.</summary>
    /// <value>Default: as for all clients; 1 minute to 400 days; not longer than the absolute lifetime that holds for the client.</value>
    public TimeSpan? IdleTimeout { get; set; }

    internal SessionProfile Over(SessionProfile all) => new()
    {
        AbsoluteLifetime = AbsoluteLifetime ?? all.AbsoluteLifetime,
        IdleTimeout = IdleTimeout ?? all.IdleTimeout,
    };
}
