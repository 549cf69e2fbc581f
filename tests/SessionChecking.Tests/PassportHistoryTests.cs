using SessionChecking.Passports;
using Xunit.Abstractions;

namespace SessionChecking.Tests;

/// <summary>
/// No passport is accepted later than the allowed age of the feed after the acknowledgement of its session's end, and none is given again after a
/// change of its session.
/// </summary>
public sealed class PassportHistoryTests(ITestOutputHelper output)
{
    private const int Histories = 40;

    [Fact]
    public async Task No_passport_is_accepted_later_than_the_feeds_age_after_its_sessions_end()
    {
        var reusing = 0;
        for (var seed = 1UL; seed <= Histories; seed++)
        {
            var history = new PassportHistory(seed);

            var breaches = await history.RunAsync();

            Assert.True(breaches.Count == 0, $"seed {seed}: {string.Join("; ", breaches.Take(1))}");
            Assert.True(history.Accepted > 50, $"seed {seed}: {history.Accepted} passports were accepted, too few to show anything");
            reusing += history.Reused > 0 ? 1 : 0;
        }

        Assert.True(reusing > Histories * 3 / 4, $"in {reusing} of {Histories} histories a passport was given again, too few to show anything");
    }

    [Fact]
    public Task A_passport_that_is_given_again_after_a_change_is_caught() => AssertCaughtAsync(PassportFault.ReusedAfterChange);

    [Fact]
    public Task A_cursor_that_skips_is_caught() => AssertCaughtAsync(PassportFault.CursorSkips);

    [Fact]
    public Task A_set_that_is_pruned_too_early_is_caught() => AssertCaughtAsync(PassportFault.PrunedTooEarly);

    [Fact]
    public Task An_age_that_counts_from_the_arrival_is_caught() => AssertCaughtAsync(PassportFault.AgeFromArrival);

    [Fact]
    public Task A_fallback_that_accepts_is_caught() => AssertCaughtAsync(PassportFault.FallbackAccepts);

    private async Task AssertCaughtAsync(PassportFault fault)
    {
        for (var seed = 1UL; seed <= Histories; seed++)
        {
            if (await new PassportHistory(seed, fault).RunAsync() is { Count: > 0 } breaches)
            {
                output.WriteLine($"{fault}: caught by seed {seed}: {breaches[0]}");
                return;
            }
        }

        Assert.Fail($"{fault} was caught in none of {Histories} histories.");
    }
}
