namespace SessionFunctions.Client;

/// <summary>Which of a user's sessions a list holds.</summary>
public sealed record SessionListOptions
{
    /// <summary>Gets the state; null for both. Live by default.</summary>
    public SessionState? State { get; init; } = SessionState.Live;

    /// <summary>Gets the number of sessions of one request, 1 to 100; null for the default of the API. The list itself is whole.</summary>
    public int? PageSize { get; init; }

    /// <summary>Gets how old the answer may be; null for the default.</summary>
    public ReadConsistency? Consistency { get; init; }
}
