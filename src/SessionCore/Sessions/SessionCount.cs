namespace SessionCore.Sessions;

/// <summary>How many live sessions a user has.</summary>
/// <param name="Count">The number.</param>
/// <param name="Source">What answered.</param>
/// <param name="Degraded">Whether the cache is configured and did not take part as it should.</param>
public readonly record struct SessionCount(int Count, ReadSource Source, bool Degraded);
