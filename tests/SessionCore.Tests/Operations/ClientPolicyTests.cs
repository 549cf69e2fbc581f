using SessionCore.Sessions;
using Support;

namespace SessionCore.Tests.Operations;

/// <summary>What the options of a client change, and for whose sessions.</summary>
public sealed class ClientPolicyTests : SessionServiceFixture
{
    private const string Web = "key:web-shop";

    [Theory]
    [InlineData(Web, true)]
    [InlineData("entra:tenant:WEB-SHOP", true)]
    [InlineData("key:mobile", false)]
    [InlineData("key:web", false)]
    [InlineData(null, false)]
    public async Task An_old_token_ends_the_sessions_of_the_client_that_says_so(string? client, bool ends)
    {
        await using var instance = Instance(("Sessions:Clients:web_shop:ReuseOfOldToken", "End"));
        var old = await CreateAsync(instance, client);
        var current = (await instance.Sessions.RotateOwnAsync(Token(instance, old), Never)).Token!.Reveal();
        Time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(await instance.IsAcceptedAsync(current));

        Assert.False(await instance.IsAcceptedAsync(old));

        Assert.Equal(ends ? EndReasons.ReuseDetected : null, (await instance.ValidateAsync(current)).Ended?.Reason);
        Assert.Equal(!ends, await instance.IsAcceptedAsync(current, ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_client_may_refuse_where_all_others_end()
    {
        await using var instance = Instance(("Sessions:ReuseOfOldToken", "End"), ("Sessions:Clients:web-shop:ReuseOfOldToken", "Refuse"));
        var old = await CreateAsync(instance, Web);
        var current = (await instance.Sessions.RotateOwnAsync(Token(instance, old), Never)).Token!.Reveal();
        Time.Advance(TimeSpan.FromSeconds(11));

        var rotation = await instance.Sessions.RotateOwnAsync(Token(instance, old), Never);

        Assert.Equal(RotationOutcome.Unknown, rotation.Outcome);
        Assert.True(await instance.IsAcceptedAsync(current));
    }

    [Fact]
    public async Task What_a_client_leaves_out_is_as_for_all()
    {
        await using var instance = Instance(("Sessions:Aal2:IdleTimeout", "PT30M"), ("Sessions:Clients:web-shop:Aal2:AbsoluteLifetime", "PT2H"));

        var live = (await instance.ValidateAsync(await CreateAsync(instance, Web))).Live!;

        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)), (live.IdleTimeout, live.AbsoluteExpiresAt - live.CreatedAt));
    }

    [Fact]
    public async Task Other_options_hold_for_sessions_that_exist_as_well()
    {
        await using var before = Instance();
        await using var after = Instance(("Sessions:Clients:web-shop:Aal2:AbsoluteLifetime", "PT2H"));
        var id = (await before.ValidateAsync(await CreateAsync(before, Web))).Live!.Id;

        var change = await after.Sessions.SetExpiryAsync(id, TimeSpan.FromHours(3), idleTimeout: null, Never);

        Assert.Equal(ChangeOutcome.OutsidePolicy, change.Outcome);
    }

    private static async Task<string> CreateAsync(CoreHarness instance, string? client) =>
        (await instance.Sessions.CreateAsync(new NewSession { UserId = "alice", Client = client }, key: null, Never)).Token!.Reveal();
}
