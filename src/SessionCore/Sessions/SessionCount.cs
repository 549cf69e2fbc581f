namespace SessionCore.Sessions;

/// <summary>Number of a user's live sessions.</summary>
/// <param name="Count">The number.</param>
/// <param name="Source">The source.</param>
/// <param name="Degraded">Whether the cache is configured and did not take part as it should.</param>
/// <param name="Age">How long ago it was read from the table; zero when it was for this answer.</param>
public readonly record struct SessionCount(int Count, ReadSource Source, bool Degraded, TimeSpan Age = default);
