using Microsoft.Extensions.Caching.Hybrid;
using SessionCore.Caching;
using SessionCore.Events;
using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Incidents;

/// <summary>Reader of the overview. What it reads is kept for ten seconds, for all instances, so that consoles cost the store nothing.</summary>
public sealed class OverviewReader
{
    private const string Key = "overview:1";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private readonly SessionMaintenance _maintenance;
    private readonly EventPump _events;
    private readonly EventTargets _targets;
    private readonly DeploymentTable _deployment;
    private readonly SessionCache _cache;
    private readonly CacheSealer _sealer;
    private readonly KeyRing _keys;
    private readonly SessionJobs _jobs;
    private readonly Lazy<HybridCache> _kept;
    private readonly TimeProvider _timeProvider;

    internal OverviewReader(
        SessionMaintenance maintenance,
        EventPump events,
        EventTargets targets,
        DeploymentTable deployment,
        SessionCache cache,
        CacheSealer sealer,
        KeyRing keys,
        SessionJobs jobs,
        Lazy<HybridCache> kept,
        TimeProvider timeProvider)
    {
        _maintenance = maintenance;
        _events = events;
        _targets = targets;
        _deployment = deployment;
        _cache = cache;
        _sealer = sealer;
        _keys = keys;
        _jobs = jobs;
        _kept = kept;
        _timeProvider = timeProvider;
    }

    /// <summary>Returns the overview as bytes, at most ten seconds old.</summary>
    /// <param name="render">Renders it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="Tables.StoreUnavailableException">The table does not answer, and none is kept.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> RenderAsync(Func<Overview, byte[]> render, CancellationToken cancellationToken)
    {
        // Redis that keeps failing would hold up each call until its deadline.
        var flags = _cache.IsConfigured && !_cache.IsFailing ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableDistributedCache;
        var options = new HybridCacheEntryOptions { Expiration = Life, LocalCacheExpiration = Life, Flags = flags };
        var kept = await _kept.Value.GetOrCreateAsync(
            Key,
            (Reader: this, Render: render),
            static async (state, token) => state.Reader.Seal(state.Render(await state.Reader.ReadAsync(token))),
            options,
            tags: null,
            cancellationToken);
        if (_sealer.OpenInPlace(Key, [.. kept], headerLength: 0, out var body) is Opening.Opened)
        {
            return body;
        }

        // Sealed by something else than this deployment, or under a key that this instance does not have.
        return render(await ReadAsync(cancellationToken));
    }

    private async ValueTask<Overview> ReadAsync(CancellationToken cancellationToken)
    {
        var deployment = await _deployment.ReadAsync(cancellationToken);
        return new Overview
        {
            At = _timeProvider.GetUtcNow(),
            Maintenance = await _maintenance.GetStatusAsync(cancellationToken),
            Cache = HealthOf(_cache),
            Keys =
            [
                .. _keys.All
                    .OrderByDescending(key => key.Id == _keys.Active.Id)
                    .ThenByDescending(key => key.Id)
                    .Select(key => new OverviewKey(key.Id, key.Id == _keys.Active.Id, deployment.KeysSince.TryGetValue(key.Id, out var since) ? since : null)),
            ],
            RevokeBefore = deployment.Revoked.Deployment > DateTimeOffset.MinValue ? deployment.Revoked.Deployment : null,
            RunningJobs = await _jobs.CountRunningAsync(cancellationToken),
            EventsEnabled = _events.IsOn,
            ParkedEvents = _events.IsOn ? await _events.CountParkedAsync(cancellationToken) : 0,
            Targets = [.. _targets.All.Select(target => new OverviewTarget(target.Name, [.. SessionEventTypes.All.Where(target.Wants)], target.IsFailing))],
        };
    }

    private byte[] Seal(byte[] rendered) => _sealer.Seal(Key, default, rendered);

    private static CacheHealth HealthOf(SessionCache cache)
    {
        if (!cache.IsConfigured)
        {
            return CacheHealth.Off;
        }

        return cache.IsFailing ? CacheHealth.Failing : CacheHealth.Ok;
    }
}
