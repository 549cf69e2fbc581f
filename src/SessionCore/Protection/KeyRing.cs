using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SessionCore.Protection;

/// <summary>The master keys in memory: one that protects everything new, and those that still open older things.</summary>
public sealed class KeyRing
{
    /// <summary>The length of a master key, in bytes.</summary>
    public const int KeyBytes = 32;

    // How far ahead of the newest key known here another instance's key may be while a rotation is rolled out.
    private const uint NewerKeysAwaited = 8;

    private readonly Dictionary<uint, RingKey> _keys;
    private readonly uint _newest;

    /// <summary>Builds the ring from validated options.</summary>
    public KeyRing(IOptions<KeyRingOptions> options)
    {
        var ring = options.Value.Ring;
        _keys = ring.ToDictionary(key => key.Id, key => new RingKey(key.Id, Convert.FromBase64String(key.Key)));
        _newest = ring.Max(key => key.Id);
        Active = _keys[ring.Single(key => key.State is KeyState.Active).Id];
    }

    internal RingKey Active { get; }

    /// <summary>A ring of one random key, for development: it does not survive the process.</summary>
    public static IReadOnlyList<KeyOptions> Random() =>
        [new() { Id = 1, Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), State = KeyState.Active }];

    internal bool TryGet(uint id, [NotNullWhen(true)] out RingKey? key) => _keys.TryGetValue(id, out key);

    /// <summary>
    /// Whether a key of this number may have been added elsewhere and not yet here. What it protects is then unavailable,
    /// not invalid: a wrong "no" would sign users out in the middle of a key rotation.
    /// </summary>
    internal bool MayKnowLater(uint id) => id > _newest && id - _newest <= NewerKeysAwaited;
}
