using SessionFunctions.Client;
using SessionFunctions.Client.Passports;
using Support.Http;
using Support.Time;

namespace SessionClient.Tests.Passports;

/// <summary>A feed over answers that a test gives, by a clock that it moves.</summary>
internal sealed class FeedOfTests : SessionsClient, IDisposable
{
    public FeedOfTests() => Feed = new EndingsFeed(this, Clock);

    /// <summary>Gets the clock of the verifier.</summary>
    public ManualTimeProvider Clock { get; } = new();

    public EndingsFeed Feed { get; }

    /// <summary>Gets or sets how long an answer is under way.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>Gets or sets what is answered to a cursor; null when the cursor is of no use.</summary>
    public Func<string?, EndingsBody?> Answer { get; set; } = static _ => new EndingsBody();

    /// <summary>Gets the cursors that were sent.</summary>
    public List<string?> Cursors { get; } = [];

    /// <summary>Gets the waits that were asked for.</summary>
    public List<int> Waits { get; } = [];

    public Task<TimeSpan> PollAsync() => Feed.PollAsync(CancellationToken.None);

    public void Dispose() => Feed.Dispose();

    internal override Task<EndingsPage?> ReadEndingsAsync(string? cursor, int waitSeconds, CancellationToken cancellationToken)
    {
        Cursors.Add(cursor);
        Waits.Add(waitSeconds);
        var answer = Answer(cursor);
        Clock.Advance(Takes);
        if (answer is { CompleteAsOf: var asOf } && asOf == default)
        {
            answer = answer with { CompleteAsOf = Clock.GetUtcNow() };
        }

        return Task.FromResult(answer is null ? null : EndingsPage.Parse(answer.ToBytes()));
    }
}
