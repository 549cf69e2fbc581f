using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SessionCore.Protection;

/// <summary>Master keys in memory: the active one, and those that only verify and decrypt.</summary>
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

    /// <summary>
    /// Gets a value indicating whether the ring is random for this process, so it cannot verify what an earlier process stored.
    /// </summary>
    internal bool IsDrawn { get; }

    /// <summary>Returns a ring of one random key, for Development: it does not survive the process.</summary>
    public static IReadOnlyList<KeyOptions> Random() =>
        [new() { Id = 1, Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), State = KeyState.Active }];

    internal bool TryGet(uint id, [NotNullWhen(true)] out RingKey? key) => _keys.TryGetValue(id, out key);

    /// <summary>
    /// Whether a key id is newer than all of this ring. An older key that is absent has been removed. A newer one may already be in use
    /// on other instances; the deployment's row lists those.
    /// </summary>
    internal bool IsNewer(uint id) => id > _newest;

    /// <summary>
    /// Whether another instance had this key when the deployment's row was last read, and this one lacks it. Data under such a key is
    /// unavailable, not invalid: treating it as invalid would sign users out during a key rotation.
    /// </summary>
    internal bool IsAwaited(uint id) => IsNewer(id) && _deployed.ContainsKey(id);

    /// <summary>Records key ids of the deployment.</summary>
    internal void AddDeployed(IEnumerable<uint> ids)
    {
        foreach (var id in ids)
        {
            _deployed.TryAdd(id, 0);
        }
    }
}
