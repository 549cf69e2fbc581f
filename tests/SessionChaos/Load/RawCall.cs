using SessionChecking.Histories;
using Support.Http;

namespace SessionChaos.Load;

/// <summary>A request as a client made it: what was asked and when, what came back and when.</summary>
internal sealed class RawCall
{
    private const int Unavailable = 503;

    public required CallKind Kind { get; init; }

    public required int Client { get; init; }

    public required int Instance { get; init; }

    /// <summary>Gets the id of the session it names; for a token, the one the token is for.</summary>
    public string? Sid { get; init; }

    /// <summary>Gets the token it presents.</summary>
    public string? Token { get; init; }

    /// <summary>Gets the user it names.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the name of what it creates or writes; it stands in the data, or as the reason of an end.</summary>
    public string? Mark { get; init; }

    /// <summary>Gets the idempotency key.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the idle timeout it sets, which no other call sets.</summary>
    public int? IdleSeconds { get; init; }

    public bool IsStrong { get; init; }

    /// <summary>Gets or sets when it was sent, by the machine's monotonic clock.</summary>
    public long Start { get; set; }

    /// <summary>Gets or sets when the answer arrived or the client gave up; the largest number while the call is in flight.</summary>
    public long End { get; set; } = long.MaxValue;

    /// <summary>Gets the answers; several for a list of several pages.</summary>
    public List<ApiAnswer> Answers { get; } = [];

    /// <summary>Gets or sets why there is no answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Gets the last answer; null when none came.</summary>
    public ApiAnswer? Answer => Failure is null && Answers.Count > 0 ? Answers[^1] : null;

    /// <summary>Gets the status of the last answer; 0 when none came.</summary>
    public int Status => Answer is { } answer ? (int)answer.Status : 0;

    /// <summary>Gets a value indicating whether it ends one session or all.</summary>
    public bool IsEnd => Kind is CallKind.Revoke or CallKind.RevokeAll;

    /// <summary>Gets a value indicating whether the client got a certain answer.</summary>
    public bool IsAnswered => Status is not (0 or Unavailable);

    /// <summary>Whether it may have taken effect at an instant: without an answer, at any after its start.</summary>
    public bool Covers(long at) => Start <= at && (!IsAnswered || at <= End);
}
