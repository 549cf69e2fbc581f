namespace SessionChaos.Scenarios;

/// <summary>Result of a scenario.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Figures">What it saw.</param>
internal sealed record ScenarioResult(string Name, IReadOnlyList<Figure> Figures)
{
    public bool IsMet => Figures.All(figure => figure.IsMet);

    public override string ToString() => string.Join(Environment.NewLine, Figures.Select(figure => $"{Name}: {figure}"));
}
