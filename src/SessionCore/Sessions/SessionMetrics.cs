using System.Diagnostics.Metrics;

namespace SessionCore.Sessions;

/// <summary>Instruments of the core. Names, units and tags are contract: dashboards and alerts read them.</summary>
internal sealed class SessionMetrics
{
    /// <summary>The meter to subscribe to.</summary>
    public const string MeterName = "SessionCore";

    private readonly Counter<long> _created;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _validated;
    private readonly Counter<long> _touched;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _pendingRevocations;
    private readonly Counter<long> _securityEvents;
    private readonly Counter<long> _cacheWritesLost;
    private readonly Counter<long> _cachePoisoned;

    /// <summary>Creates the instruments on the host's meter factory.</summary>
    public SessionMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _created = meter.CreateCounter<long>("session.created", "{session}", "Sessions begun.");
        _ended = meter.CreateCounter<long>("session.ended", "{session}", "Sessions ended before they expired.");
        _validated = meter.CreateCounter<long>("session.validated", "{validation}", "Reads of a session, by source and result.");
        _touched = meter.CreateCounter<long>("session.touched", "{touch}", "Activity, by whether it was written or coalesced.");
        _rotated = meter.CreateCounter<long>("session.rotated", "{rotation}", "Tokens replaced.");
        _conflicts = meter.CreateCounter<long>("session.write.conflicts", "{conflict}", "Conditional writes that lost to another write.");
        _pendingRevocations = meter.CreateCounter<long>("session.revocation.pending", "{revocation}", "Revocations that Redis had not confirmed when they were answered (202).");
        _securityEvents = meter.CreateCounter<long>("session.security.events", "{event}", "Security events, by kind.");
        _cacheWritesLost = meter.CreateCounter<long>("session.cache.writes.lost", "{write}", "Cache writes that were not confirmed, by kind.");
        _cachePoisoned = meter.CreateCounter<long>("session.cache.poisoned", "{value}", "Cache values that were not genuine.");
    }

    internal void Created() => _created.Add(1);

    internal void Ended(int count, string by) => _ended.Add(count, new KeyValuePair<string, object?>("by", by));

    internal void Validated(string source, string outcome)
    {
        if (_validated.Enabled)
        {
            _validated.Add(1, new("source", source), new("outcome", outcome));
        }
    }

    internal void Touched(string outcome) => _touched.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Rotated() => _rotated.Add(1);

    internal void Conflict() => _conflicts.Add(1);

    internal void RevocationPending() => _pendingRevocations.Add(1);

    internal void SecurityEvent(string kind) => _securityEvents.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void CacheWriteLost(string kind) => _cacheWritesLost.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal void CachePoisoned() => _cachePoisoned.Add(1);
}
