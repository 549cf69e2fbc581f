using System.Net;
using SessionCore.Incidents;
using SessionCore.Sessions;

namespace SessionCore.Tests.Incidents;

/// <summary>Which sessions a filter fits.</summary>
public sealed class SessionFilterTests : JobFixture
{
    public static TheoryData<string, int> Filters => new()
    {
        { "agent", 1 }, { "address", 2 }, { "address6", 1 }, { "mapped", 1 }, { "level", 2 }, { "method", 2 }, { "created", 1 }, { "seen", 2 }, { "client", 0 }, { "both", 1 },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_fits_the_sessions_that_meet_all_of_its_conditions(string name, int expected)
    {
        await using var instance = Instance();
        await CreateAsync(instance, "alice", "Mozilla/5.0 (X11) Firefox/140.0", "203.0.113.7", AssuranceLevel.Aal1, "pwd");
        await CreateAsync(instance, "bob", "curl/8.5", "203.0.113.200", AssuranceLevel.Aal2, "pwd", "otp");
        Time.Advance(TimeSpan.FromMinutes(10));
        var middle = Now;
        await CreateAsync(instance, userId: null, userAgent: null, "2001:db8::17");

        var job = await RunAsync(instance, Ask(JobKind.Count, FilterOf(name, middle)));

        Assert.Equal(expected, job.Progress.Matched);
    }

    [Fact]
    public async Task The_last_address_counts_like_that_of_the_sign_in()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), "198.51.100.9", Never);

        var job = await RunAsync(instance, Ask(JobKind.Revoke, new SessionFilter { Addresses = [IPNetwork.Parse("198.51.100.0/24")] }));

        Assert.Equal(1, job.Progress.Ended);
        Assert.False(await IsLiveAsync(instance, id));
    }

    private static SessionFilter FilterOf(string name, DateTimeOffset middle) => name switch
    {
        "agent" => OfCurl,
        "address" => new SessionFilter { Addresses = [IPNetwork.Parse("203.0.113.0/24")] },
        "address6" => new SessionFilter { Addresses = [IPNetwork.Parse("2001:db8::/32")] },
        "mapped" => new SessionFilter { Addresses = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("203.0.113.7/32")] },
        "level" => new SessionFilter { AssuranceBelow = AssuranceLevel.Aal2 },
        "method" => new SessionFilter { MethodMissing = "otp" },
        "created" => new SessionFilter { CreatedFrom = middle },
        "seen" => new SessionFilter { LastSeenBefore = middle },
        "client" => new SessionFilter { Client = "web" },
        _ => new SessionFilter { MethodMissing = "otp", Addresses = [IPNetwork.Parse("203.0.113.0/24")], CreatedBefore = middle },
    };
}
