using SessionCore.Caching;
using SessionCore.Sessions;
using Support.Time;

namespace SessionCore.Tests.Caching;

public sealed class SuspectSessionsTests
{
    private const int Capacity = 10_000;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void More_suspects_than_are_kept_make_the_whole_cache_suspect_until_the_last_of_them_is_over()
    {
        var suspects = new SuspectSessions(_time);
        var until = _time.GetUtcNow() + TimeSpan.FromSeconds(32);
        for (var i = 0; i <= Capacity; i++)
        {
            suspects.Add(new SessionLocator(1, (UInt128)i), until);
        }

        Assert.True(suspects.Contains(new SessionLocator(1, 0)));
        Assert.True(suspects.Contains(new SessionLocator(1, Capacity)));
        Assert.True(suspects.Contains(new SessionLocator(2, 7)));
        _time.Advance(TimeSpan.FromSeconds(32) - TimeSpan.FromTicks(1));
        Assert.True(suspects.Contains(new SessionLocator(1, 0)));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(suspects.Contains(new SessionLocator(1, 0)));
    }

    [Fact]
    public void One_suspect_is_distrusted_until_its_instant_and_no_other_is()
    {
        var suspects = new SuspectSessions(_time);
        suspects.Add(new SessionLocator(1, 1), _time.GetUtcNow() + TimeSpan.FromSeconds(32));

        Assert.False(suspects.Contains(new SessionLocator(1, 2)));
        _time.Advance(TimeSpan.FromSeconds(32) - TimeSpan.FromTicks(1));
        Assert.True(suspects.Contains(new SessionLocator(1, 1)));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(suspects.Contains(new SessionLocator(1, 1)));
    }
}
