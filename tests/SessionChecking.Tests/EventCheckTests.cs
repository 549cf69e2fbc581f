using SessionChecking.Events;

namespace SessionChecking.Tests;

/// <summary>What <c>dotnet dev.cs check --events N</c> tells.</summary>
public sealed class EventCheckTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task A_run_without_a_finding_tells_how_many_histories_it_was_and_from_which_seed()
    {
        Assert.Equal(0, await EventCheck.RunAsync(histories: 20, firstSeed: 7, _output));

        Assert.Contains("100% 20 of 20", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("20 histories of events from seed 7 on", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_ends_the_run_with_its_seed_and_what_was_broken()
    {
        Assert.Equal(1, await EventCheck.RunAsync(histories: 400, firstSeed: null, _output, tables => tables with { Sessions = new EventsBackwards(tables.Sessions) }));

        Assert.Matches(@"BROKEN with --events 1 --seed \d+: .* came after version", _output.ToString());
    }
}
