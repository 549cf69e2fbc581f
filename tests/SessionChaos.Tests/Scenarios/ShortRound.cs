using SessionChaos.Scenarios;

namespace SessionChaos.Tests.Scenarios;

/// <summary>One round with every fault, which the tests of a class share.</summary>
public sealed class ShortRound : IAsyncLifetime
{
    private static readonly TimeSpan FaultLength = TimeSpan.FromMilliseconds(500);

    private ChaosReport? _report;

    internal ChaosReport Report => _report ?? throw new InvalidOperationException("The round has not been run.");

    public async Task InitializeAsync() =>
        _report = await new ChaosRound(new ChaosRoundOptions(Seed: 1, FaultLength)).RunAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;
}
