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
        { "DefaultAssuranceLevel", options => options.DefaultAssuranceLevel = (AssuranceLevel)9 },
    };

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
}
