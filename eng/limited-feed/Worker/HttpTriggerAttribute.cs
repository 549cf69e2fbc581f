namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the request that starts a function.</summary>
/// <param name="authLevel">Which of the platform's keys the request must carry.</param>
/// <param name="methods">The HTTP methods.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>Gets which of the platform's keys the request must carry.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>Gets the HTTP methods.</summary>
    public string[]? Methods { get; } = methods;

    /// <summary>Gets or sets the route template, without the prefix of host.json.</summary>
    public string? Route { get; set; }
}
