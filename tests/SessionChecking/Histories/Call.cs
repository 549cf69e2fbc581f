using SessionChecking.Workloads;
using SessionCore.Sessions;

namespace SessionChecking.Histories;

/// <summary>Call of a client to its instance, with its result.</summary>
internal sealed class Call
{
    public required int Number { get; init; }

    public required int Client { get; init; }

    public required int Instance { get; init; }

    public required CallKind Kind { get; init; }

    /// <summary>Gets how far the instance's clock is ahead of true time.</summary>
    public required TimeSpan Offset { get; init; }

    /// <summary>Gets its place in the order of all that happened.</summary>
    public required int Start { get; init; }

    /// <summary>Gets when it began, in true time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the session it names; for a token, the one the token is for.</summary>
    public SessionLocator? Session { get; init; }

    /// <summary>Gets the user it names.</summary>
    public UInt128? Partition { get; init; }

    /// <summary>Gets the token it presents.</summary>
    public HeldToken? Token { get; init; }

    public bool IsStrong { get; init; }

    /// <summary>Gets the name of what is created or written: it is in the data, so that a reader knows its origin.</summary>
    public string? Mark { get; init; }

    /// <summary>Gets the idempotency key of a creation.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the key of the session it names.</summary>
    public NamedKey? Named { get; init; }

    /// <summary>Gets the client all of whose keyed sessions it ends.</summary>
    public string? Service { get; init; }

    /// <summary>Gets what else was asked for, for a person to read.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets the instant of a revoke-before, of the deployment or of a client's keyed sessions.</summary>
    public DateTimeOffset? Instant { get; init; }

    /// <summary>Gets the session as it was found before a touch; a touch that was not due answers with the same.</summary>
    public LiveSession? Basis { get; init; }

    /// <summary>Gets or sets the position of its end in the order of all events; the largest number while it is in flight.</summary>
    public int End { get; set; } = int.MaxValue;

    public DateTimeOffset EndedAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Gets or sets what the core answered; null when it threw.</summary>
    public object? Answer { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Gets a value indicating whether it has ended with an answer.</summary>
    public bool IsAnswered => Answer is not null;

    /// <summary>Gets when it began by its instance's clock.</summary>
    public DateTimeOffset StartedByClock => StartedAt + Offset;

    /// <summary>Gets when it ended by its instance's clock.</summary>
    public DateTimeOffset EndedByClock => EndedAt + Offset;

    /// <summary>Whether its instant ends a session.</summary>
    public bool IsEndOf(Session row) => Instant > row.CreatedAt && (Service is null || (row.Key is not null && row.Client == Service));

    /// <summary>Whether it began only after another had ended.</summary>
    public bool IsAfter(Call other) => Start > other.End;
}
