using SessionChaos.Load;
using Support.TableServer.Storage;

namespace SessionChaos.Histories;

/// <summary>All that is known of a run: every call, every write, and what became of Redis.</summary>
internal sealed record RecordedRun
{
    public required IReadOnlyList<UserGroup> Groups { get; init; }

    /// <summary>Gets every call of every group.</summary>
    public IEnumerable<RawCall> Calls => Groups.SelectMany(group => group.Calls);

    public required IReadOnlyList<LogRecord> Log { get; init; }

    /// <summary>Gets the configuration of the servers.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Gets when clients were led to a replica that had taken over, by the monotonic clock.</summary>
    public required IReadOnlyList<long> FailOvers { get; init; }

    /// <summary>Gets from when on nothing was wrong any more.</summary>
    public required long Calm { get; init; }
}
