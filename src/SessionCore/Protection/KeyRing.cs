using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SessionCore.Protection;

/// <summary>The master keys in memory: one that protects everything new, and those that still open older things.</summary>
public sealed class KeyRing
{
    /// <summary>The length of a master key, in bytes.</summary>
    public const int KeyBytes = 32;

    private readonly Dictionary<uint, RingKey> _keys;
    private readonly uint _newest;
    private readonly ConcurrentDictionary<uint, byte> _deployed = new();

    /// <summary>Builds the ring from validated options.</summary>
    public KeyRing(IOptions<KeyRingOptions> options)
    {
        var ring = options.Value.Ring;
        _keys = ring.ToDictionary(key => key.Id, key => new RingKey(key.Id, Convert.FromBase64String(key.Key)));
        _newest = ring.Max(key => key.Id);
        IsDrawn = options.Value.IsDrawn;
        Active = _keys[ring.Single(key => key.State is KeyState.Active).Id];
    }

    internal RingKey Active { get; }

    /// <summary>Gets every key of the ring.</summary>
    internal IReadOnlyCollection<RingKey> All => _keys.Values;

    /// <summary>Gets a value indicating whether the ring was drawn for this process alone, so that it cannot verify what an earlier one has stored.</summary>
    internal bool IsDrawn { get; }

    /// <summary>A ring of one random key, for development: it does not survive the process.</summary>
    public static IReadOnlyList<KeyOptions> Random() =>
        [new() { Id = 1, Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), State = KeyState.Active }];

    internal bool TryGet(uint id, [NotNullWhen(true)] out RingKey? key) => _keys.TryGetValue(id, out key);

    /// <summary>
    /// Whether a key of this number would be newer than all of this ring. An older one that is not here has been removed. A newer one
    /// may have been added elsewhere first; the deployment's row tells.
    /// </summary>
    internal bool IsNewer(uint id) => id > _newest;

    /// <summary>
    /// Whether another instance had a key of this number, and this one lacks it, when the deployment's row was read last. What it protects is
    /// unavailable, not invalid: a wrong "no" would sign users out in the middle of a key rotation.
    /// </summary>
    internal bool IsAwaited(uint id) => IsNewer(id) && _deployed.ContainsKey(id);

    /// <summary>Takes note of keys of the deployment.</summary>
    internal void AddDeployed(IEnumerable<uint> ids)
    {
        foreach (var id in ids)
        {
            _deployed.TryAdd(id, 0);
        }
    }
}
