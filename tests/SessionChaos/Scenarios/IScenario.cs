namespace SessionChaos.Scenarios;

/// <summary>Something that is tried on real processes and held to a bar.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>Runs it.</summary>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken);
}
