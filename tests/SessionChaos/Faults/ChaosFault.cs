namespace SessionChaos.Faults;

/// <summary>Something that goes wrong for a while. When it has ended, all is as it was before.</summary>
/// <param name="Name">What it is.</param>
/// <param name="RunAsync">Lets it happen.</param>
internal sealed record ChaosFault(string Name, Func<CancellationToken, Task> RunAsync);
