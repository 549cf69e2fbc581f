using System.Collections.Concurrent;

namespace SessionChaos.Load;

/// <summary>Sends requests at a steady rate, whether earlier ones are answered or not, as many users do who do not know of each other.</summary>
/// <param name="rate">Requests a second.</param>
/// <param name="send">Sends the request of that number.</param>
internal sealed class PacedLoad(int rate, Func<long, Task<PacedAnswer>> send)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs until it is stopped or has sent all, and every request has its answer.</summary>
    /// <param name="requests">How many to send.</param>
    /// <param name="stop">Sends no more.</param>
    public async Task<PacedResult> RunAsync(long requests, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        var answers = new ConcurrentBag<(PacedAnswer, TimeSpan)>();
        var started = clock.GetTimestamp();
        var pending = new List<Task>();
        long sent = 0;
        while (sent < requests && !stop.IsCancellationRequested)
        {
            for (var due = Math.Min(requests, (long)(clock.GetElapsedTime(started).TotalSeconds * rate)); sent < due; sent++)
            {
                pending.Add(SendAsync(sent, answers));
            }

            pending.RemoveAll(task => task.IsCompletedSuccessfully);
            await Task.Delay(Tick, clock, CancellationToken.None);
        }

        var elapsed = clock.GetElapsedTime(started);
        await Task.WhenAll(pending);
        return new PacedResult(sent, elapsed, [.. answers]);
    }

    private async Task SendAsync(long number, ConcurrentBag<(PacedAnswer, TimeSpan)> answers)
    {
        await Task.Yield();
        var started = TimeProvider.System.GetTimestamp();
        var answer = await send(number);
        answers.Add((answer, TimeProvider.System.GetElapsedTime(started)));
    }
}
