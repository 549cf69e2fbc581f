using System.Globalization;
using SessionChaos.LostAnswers;

namespace SessionChaos.Scenarios;

/// <summary>The table's answer is lost after it has done what was asked, for every write of every kind of write.</summary>
/// <param name="timesEach">How often for each kind.</param>
internal sealed class AnswersLost(int timesEach) : IScenario
{
    public string Name => "answer lost after commit";

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var figures = await Task.WhenAll(LostAnswerKinds.All.Select(async kind =>
        {
            var figure = await TryAsync(kind, cancellationToken);
            progress($"{kind.Name}: {figure.Value}");
            return figure;
        }));
        return new ScenarioResult(Name, figures);
    }

    private async Task<Figure> TryAsync(LostAnswerKind kind, CancellationToken cancellationToken)
    {
        await using var rig = await LostAnswerRig.StartAsync(cancellationToken);
        var once = 0;
        var unknown = 0;
        string? fault = null;
        for (var i = 0; i < timesEach; i++)
        {
            // Each write in turn, and now and then that of the client's next try as well.
            var (from, count) = (i % kind.Writes, (i / kind.Writes % 2) + 1);
            var verdict = await kind.TryAsync(rig, () => rig.LoseAnswers(from, count));
            rig.Heal();
            once += verdict.Fault is null ? 1 : 0;
            unknown += verdict.WasUnknown ? 1 : 0;
            fault ??= verdict.Fault is null ? null : string.Create(CultureInfo.InvariantCulture, $"; write {from}, {count} lost: {verdict.Fault}");
        }

        return new Figure(
            kind.Name,
            string.Create(CultureInfo.InvariantCulture, $"{once:N0} of {timesEach:N0} exactly once, {unknown:N0} of them asked for again after 503{fault}"),
            "all",
            once == timesEach);
    }
}
