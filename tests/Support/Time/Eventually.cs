using System.Runtime.CompilerServices;

namespace Support.Time;

/// <summary>Asks again until it is so: for what another process does in its own time, and nothing announces.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">Asks.</param>
    /// <param name="within">The longest wait; 20 seconds when absent.</param>
    /// <param name="every">Between two questions; 20 milliseconds when absent.</param>
    /// <param name="question">What the message of the exception says.</param>
    /// <exception cref="TimeoutException">It is not so in time.</exception>
    public static Task TrueAsync(
        Func<Task<bool>> isSo, TimeSpan? within = null, TimeSpan? every = null, [CallerArgumentExpression(nameof(isSo))] string question = "") =>
        AnswerAsync(isSo, static answer => answer, within, every, question);

    /// <summary>Waits for an answer.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="isExpected">Whether it is the one that is waited for.</param>
    /// <param name="within">The longest wait; 20 seconds when absent.</param>
    /// <param name="every">Between two questions; 20 milliseconds when absent.</param>
    /// <param name="expected">What the message of the exception says.</param>
    /// <returns>The first answer that is as expected.</returns>
    /// <exception cref="TimeoutException">There is none in time; tells the last one.</exception>
    public static async Task<T> AnswerAsync<T>(
        Func<Task<T>> ask,
        Func<T, bool> isExpected,
        TimeSpan? within = null,
        TimeSpan? every = null,
        [CallerArgumentExpression(nameof(isExpected))] string expected = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isExpected(answer))
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(started) > (within ?? Patience))
            {
                throw new TimeoutException($"Not so within {within ?? Patience}: {expected}. The last answer: {answer}");
            }

            await Task.Delay(every ?? Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Waits until a step succeeds.</summary>
    /// <param name="step">Throws while it does not.</param>
    /// <param name="within">The longest wait; 20 seconds when absent.</param>
    /// <typeparam name="T">What the step gives.</typeparam>
    /// <typeparam name="TFailure">What it throws while it does not succeed yet.</typeparam>
    /// <returns>What the step gave.</returns>
    /// <exception cref="Exception">A <typeparamref name="TFailure"/> after that time, or any other exception of the step.</exception>
    public static async Task<T> SucceedsAsync<T, TFailure>(Func<Task<T>> step, TimeSpan? within = null)
        where TFailure : Exception
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await step();
            }
            catch (TFailure) when (TimeProvider.System.GetElapsedTime(started) <= (within ?? Patience))
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
