using Support.Time;

namespace SessionCore.Tests.Servers;

/// <summary>What waits for a condition tells what it waited for, and never takes something else for it.</summary>
public sealed class EventuallyTests
{
    private int _asked;

    [Fact]
    public async Task The_first_answer_that_is_expected_is_given()
    {
        Assert.Equal(3, await Eventually.AnswerAsync(AskAsync, static answer => answer == 3));
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task A_wait_in_vain_names_the_condition_and_the_last_answer()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.AnswerAsync(AskAsync, static answer => answer < 0, within: TimeSpan.Zero));

        Assert.Contains("answer < 0", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"The last answer: {_asked}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_tried_until_it_succeeds()
    {
        Assert.Equal(3, await Eventually.SucceedsAsync<int, InvalidOperationException>(async () => await AskAsync() < 3 ? throw new InvalidOperationException() : _asked));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Eventually.SucceedsAsync<int, InvalidOperationException>(static () => throw new InvalidOperationException(), TimeSpan.Zero));
    }

    [Fact]
    public async Task A_failure_of_another_kind_is_not_waited_out()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Eventually.SucceedsAsync<int, InvalidOperationException>(() =>
        {
            _asked++;
            throw new NotSupportedException();
        }));
        Assert.Equal(1, _asked);
    }

    private Task<int> AskAsync() => Task.FromResult(++_asked);
}
