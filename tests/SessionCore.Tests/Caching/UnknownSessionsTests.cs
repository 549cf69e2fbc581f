using SessionCore.Caching;
using SessionCore.Sessions;
using Support.Time;

namespace SessionCore.Tests.Caching;

public sealed class UnknownSessionsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_session_that_shares_its_slot_with_an_unknown_one_is_not_unknown()
    {
        var unknown = new UnknownSessions(_time);
        var partition = SessionLocator.NewId();

        unknown.Add(new SessionLocator(partition, 7));

        Assert.True(unknown.Contains(new SessionLocator(partition, 7)));
        Assert.All(Enumerable.Range(1, 16), power => Assert.False(unknown.Contains(new SessionLocator(partition, 7 + (UInt128)(1UL << power)))));
    }
}
