using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

public sealed class SessionPolicyOptionsTests
{
    private readonly SessionPolicyOptionsValidator _validator = new();

    public static TheoryData<string, Action<SessionPolicyOptions>> Faults => new()
    {
        { "Aal2:IdleTimeout", options => options.Aal2.IdleTimeout = TimeSpan.FromDays(2) },
        { "IdleTimeout", options => options.Aal1.IdleTimeout = TimeSpan.FromSeconds(59) },
        { "AbsoluteLifetime", options => options.Aal1.AbsoluteLifetime = TimeSpan.FromDays(401) },
        { "Aal3:AbsoluteLifetime", options => options.Aal3.AbsoluteLifetime = TimeSpan.FromHours(13) },
        { "MaxSessionsPerUser", options => options.MaxSessionsPerUser = 0 },
        { "MaxSessionsPerUser", options => options.MaxSessionsPerUser = 99 },
        { "Retention", options => options.Retention = TimeSpan.FromHours(12) },
        { "IdempotencyWindow", options => options.IdempotencyWindow = TimeSpan.FromSeconds(1) },
        { "RotationGrace", options => options.RotationGrace = TimeSpan.FromSeconds(11) },
        { "WhenLimitReached", options => options.WhenLimitReached = (LimitPolicy)7 },
        { "ReuseOfOldToken", options => options.ReuseOfOldToken = (ReusePolicy)7 },
        { "Persistent:IdleTimeout", options => options.Persistent.IdleTimeout = TimeSpan.FromDays(91) },
        { "Persistent.AbsoluteLifetime", options => options.Persistent.AbsoluteLifetime = TimeSpan.FromDays(401) },
        { "Sessions:Clients:web:Aal2:IdleTimeout (2.00:00:00) may not exceed Sessions:Clients:web:Aal2:AbsoluteLifetime (1.00:00:00, from Sessions:Aal2)", options => Client(options).Aal2.IdleTimeout = TimeSpan.FromDays(2) },
        { "Sessions:Clients:web:Aal2:IdleTimeout (01:00:00, from Sessions:Aal2) may not exceed", options => Client(options).Aal2.AbsoluteLifetime = TimeSpan.FromMinutes(5) },
        { "Sessions:Clients:web:Aal1:IdleTimeout must be between 00:01:00 and 400.00:00:00", options => Client(options).Aal1.IdleTimeout = TimeSpan.FromSeconds(59) },
        { "Sessions:Clients:web:Persistent:AbsoluteLifetime must be between", options => Client(options).Persistent.AbsoluteLifetime = TimeSpan.FromDays(401) },
        { "Sessions:Clients:web:Aal3:AbsoluteLifetime (13:00:00) may not exceed 12 hours", options => Client(options).Aal3.AbsoluteLifetime = TimeSpan.FromHours(13) },
        { "Sessions:Clients:web-shop is given as web_SHOP too", options => (options.Clients["web-shop"], options.Clients["web_SHOP"]) = (new(), new()) },
        { "DefaultAssuranceLevel", options => options.DefaultAssuranceLevel = (AssuranceLevel)9 },
    };

    [Fact]
    public void What_is_wrong_with_several_clients_is_told_at_once()
    {
        var options = new SessionPolicyOptions();
        Client(options).Aal1.IdleTimeout = TimeSpan.Zero;
        Client(options).Persistent.IdleTimeout = TimeSpan.FromDays(100);
        options.Clients["mobile"] = new ClientPolicyOptions { Aal3 = { AbsoluteLifetime = TimeSpan.FromDays(1) } };

        var failures = _validator.Validate(name: null, options).Failures!.ToArray();

        Assert.Equal(3, failures.Length);
    }

    [Fact]
    public void The_defaults_are_valid() => Assert.True(_validator.Validate(name: null, new SessionPolicyOptions()).Succeeded);

    [Theory]
    [InlineData(1)]
    [InlineData(98)]
    public void The_bounds_of_the_limit_are_valid(int limit) =>
        Assert.True(_validator.Validate(name: null, new SessionPolicyOptions { MaxSessionsPerUser = limit }).Succeeded);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_policy_out_of_bounds_or_against_itself_is_refused_by_name(string named, Action<SessionPolicyOptions> change)
    {
        var options = new SessionPolicyOptions();
        change(options);

        Assert.Contains(named, _validator.Validate(name: null, options).FailureMessage, StringComparison.Ordinal);
    }

    private static ClientPolicyOptions Client(SessionPolicyOptions options)
    {
        options.Clients.TryAdd("web", new ClientPolicyOptions());
        return options.Clients["web"];
    }
}
