using SessionFunctions.AspNetCore.Caching;

namespace SessionClient.Tests.Caching;

/// <summary>Sliding windows over the slack with which the API writes activity.</summary>
public sealed class EntryLifetimeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(300)]
    [InlineData(539)]
    [InlineData(540)]
    [InlineData(541)]
    [InlineData(1200)]
    [InlineData(86400)]
    public void An_entry_lives_for_its_window_after_each_access_and_little_longer(int seconds)
    {
        var window = TimeSpan.FromSeconds(seconds);

        var timeout = EntryLifetime.TimeoutFor(window);

        Assert.True(timeout - SlackOf(timeout) >= window);
        Assert.True(timeout <= window + TimeSpan.FromMinutes(1) || timeout <= (window / 0.9) + TimeSpan.FromSeconds(1));
        Assert.True(timeout <= window * 2);
    }

    // As the API states it: a tenth of the idle timeout, at least a minute, at most half of the timeout.
    private static TimeSpan SlackOf(TimeSpan timeout)
    {
        var slack = timeout / 10 < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : timeout / 10;
        return slack < timeout / 2 ? slack : timeout / 2;
    }
}
