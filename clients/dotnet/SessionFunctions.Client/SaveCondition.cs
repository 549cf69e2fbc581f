namespace SessionFunctions.Client;

/// <summary>Condition of a save under a key.</summary>
public sealed class SaveCondition
{
    private SaveCondition(string? ifMatch) => IfMatch = ifMatch;

    /// <summary>Gets the condition that the key has no session: the save must create one.</summary>
    public static SaveCondition MustCreate { get; } = new(ifMatch: null);

    /// <summary>Gets the condition that the key has a live session: the save must not create one. Repeating such a save is harmless.</summary>
    public static SaveCondition MustExist { get; } = new("*");

    /// <summary>Gets the version that must be current, or <c>*</c> for any; null for <see cref="MustCreate"/>.</summary>
    internal string? IfMatch { get; }

    /// <summary>The condition that a version is current.</summary>
    /// <param name="etag">An entity tag that this client returned.</param>
    public static SaveCondition Matches(string etag)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return new SaveCondition(etag);
    }
}
