namespace SessionCore.Sessions;

/// <summary>Who makes the changes of the current call: a member of their events.</summary>
/// <remarks>
/// It flows with the asynchronous call, as <see cref="System.Diagnostics.Activity.Current"/> does, because it concerns no decision of the
/// core: a host sets it once, and events read it.
/// </remarks>
/// <param name="Name">The id of the calling service or operator, which has a colon; <c>user</c> or <c>system</c>, which have none.</param>
/// <param name="Impersonator">Who acts as the user of the session (RFC 8693 section 4.1); null when the user does, or when it is not known.</param>
public sealed record EventActor(string Name, string? Impersonator = null)
{
    private static readonly AsyncLocal<EventActor?> Flowing = new();

    /// <summary>Gets the user, who changes own sessions.</summary>
    public static EventActor User { get; } = new("user");

    /// <summary>Gets the product itself: timers, and lapses that it finds.</summary>
    public static EventActor Product { get; } = new("system");

    /// <summary>Gets the actor of the current call; <see cref="Product"/> when none was set.</summary>
    public static EventActor Current => Flowing.Value ?? Product;

    /// <summary>Sets the actor for the rest of the calling asynchronous method and for what it calls.</summary>
    public static void Begin(EventActor actor) => Flowing.Value = actor;
}
