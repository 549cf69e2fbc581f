namespace SessionFunctions.Client;

/// <summary>Somebody who acts as the user, such as a member of the support team.</summary>
public sealed record SessionActor
{
    /// <summary>Gets the id of that person.</summary>
    public required string Sub { get; init; }

    /// <summary>Gets why, for the user to read: 1 to 256 characters.</summary>
    public required string Reason { get; init; }
}
