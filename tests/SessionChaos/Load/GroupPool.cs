using Support;

namespace SessionChaos.Load;

/// <summary>The groups that calls are about now. One that has had its calls makes room for a new one, so that no history grows long.</summary>
internal sealed class GroupPool(int atOnce, int callsOfEach)
{
    private readonly Lock _lock = new();
    private readonly List<UserGroup> _all = [];
    private readonly List<UserGroup> _active = [];

    /// <summary>Gets every group there ever was.</summary>
    public IReadOnlyList<UserGroup> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Chooses a group.</summary>
    public UserGroup Pick(Dice dice)
    {
        lock (_lock)
        {
            _active.RemoveAll(group => group.Count >= callsOfEach);
            while (_active.Count < atOnce)
            {
                var group = new UserGroup(_all.Count + 1);
                _all.Add(group);
                _active.Add(group);
            }

            return _active[dice.Below(_active.Count)];
        }
    }
}
