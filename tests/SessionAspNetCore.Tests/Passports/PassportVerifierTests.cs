using SessionFunctions.AspNetCore.Passports;
using SessionFunctions.Client;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>What a verifier does when it does not know: it asks, and then refuses to guess.</summary>
public sealed class PassportVerifierTests : IDisposable
{
    private static readonly string Passport = PassportVectors.PassportOf("a user");
    private static readonly string UnknownKey = PassportVectors.PassportOf("a key id that is not published");

    private readonly TestedVerifier _verifier = new();

    public void Dispose() => _verifier.Dispose();

    [Fact]
    public async Task With_a_fresh_feed_nothing_is_asked_but_the_keys_once()
    {
        await _verifier.PollAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull((await _verifier.VerifyAsync(Passport)).Passport);
        }

        Assert.Equal((1, 0), (_verifier.Api.KeysAsked, _verifier.Api.EndingsAsked));
    }

    [Fact]
    public async Task With_an_old_feed_each_passport_is_asked_for()
    {
        await _verifier.PollAsync();
        _verifier.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull((await _verifier.VerifyAsync(Passport)).Passport);
        Assert.Equal(0, _verifier.Api.EndingsAsked);
        _verifier.Api.Page = null;
        _verifier.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotNull((await _verifier.VerifyAsync(Passport)).Passport);
        Assert.Equal(1, _verifier.Api.EndingsAsked);
        _verifier.Api.Ended.Add((await _verifier.VerifyAsync(Passport)).Passport!.Sid);
        Assert.Equal(PassportRefusal.Ended, (await _verifier.VerifyAsync(Passport)).Refusal);
    }

    [Fact]
    public async Task With_feed_and_api_down_it_is_not_known_and_not_accepted()
    {
        await _verifier.PollAsync();
        await _verifier.VerifyAsync(Passport);
        _verifier.Api.Page = null;
        _verifier.Api.IsDown = true;
        _verifier.Clock.Advance(TimeSpan.FromSeconds(6));

        var result = await _verifier.VerifyAsync(Passport);

        Assert.IsType<SessionsUnavailableException>(result.Failure);
        Assert.Null(result.Passport);
        Assert.Null(result.Refusal);
    }

    [Fact]
    public async Task An_option_accepts_until_the_end_when_all_is_down_but_nothing_known_to_have_ended()
    {
        using var verifier = new TestedVerifier(static options => options.AcceptUntilExpiryWhenUnavailable = true);
        await verifier.PollAsync();
        await verifier.VerifyAsync(Passport);
        verifier.Api.Page = null;
        verifier.Api.IsDown = true;
        verifier.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.NotNull((await verifier.VerifyAsync(Passport)).Passport);
        Assert.Equal(PassportRefusal.Ended, (await verifier.VerifyAsync(PassportVectors.PassportOf("an ended session"))).Refusal);
        verifier.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(PassportRefusal.Expired, (await verifier.VerifyAsync(Passport)).Refusal);
    }

    [Fact]
    public async Task A_passport_from_before_the_log_began_is_asked_for()
    {
        _verifier.Api.Page = PassportVectors.Feed with { HeldSince = PassportVectors.Now.AddSeconds(-29) };
        await _verifier.PollAsync();

        Assert.NotNull((await _verifier.VerifyAsync(Passport)).Passport);

        Assert.Equal(1, _verifier.Api.EndingsAsked);
    }

    [Fact]
    public async Task A_forged_passport_is_refused_without_a_question_also_with_an_old_feed()
    {
        _verifier.Api.Page = null;

        Assert.Equal(PassportRefusal.Signature, (await _verifier.VerifyAsync(PassportVectors.PassportOf("signed by another key"))).Refusal);
        Assert.Equal(0, _verifier.Api.EndingsAsked);
    }

    [Fact]
    public async Task Unknown_key_ids_cost_the_api_one_request_in_ten_seconds()
    {
        await _verifier.PollAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PassportRefusal.Key, (await _verifier.VerifyAsync(UnknownKey)).Refusal);
        }

        Assert.Equal(1, _verifier.Api.KeysAsked);
        _verifier.Clock.Advance(TimeSpan.FromSeconds(10));
        await _verifier.VerifyAsync(UnknownKey);
        Assert.Equal(2, _verifier.Api.KeysAsked);
    }

    [Fact]
    public async Task A_key_that_is_published_later_is_found()
    {
        await _verifier.PollAsync();
        _verifier.Api.Keys = [];
        Assert.Equal(PassportRefusal.Key, (await _verifier.VerifyAsync(Passport)).Refusal);
        _verifier.Api.Keys = PassportVectors.Keys;
        _verifier.Clock.Advance(TimeSpan.FromSeconds(10));
        await _verifier.PollAsync();

        Assert.NotNull((await _verifier.VerifyAsync(Passport)).Passport);
    }

    [Fact]
    public async Task A_key_that_cannot_be_looked_up_is_not_known_rather_than_refused()
    {
        await _verifier.PollAsync();
        _verifier.Api.IsDown = true;

        Assert.NotNull((await _verifier.VerifyAsync(Passport)).Failure);
        Assert.NotNull((await _verifier.VerifyAsync(Passport)).Failure);
        Assert.Equal(1, _verifier.Api.KeysAsked);
    }

    [Fact]
    public async Task A_key_of_another_kind_is_no_key()
    {
        await _verifier.PollAsync();
        _verifier.Api.Keys = [PassportVectors.Keys[0] with { Crv = "P-384" }, PassportVectors.Keys[0] with { Alg = "ES384" }, PassportVectors.Keys[0] with { Kty = "oct" }];

        Assert.Equal(PassportRefusal.Key, (await _verifier.VerifyAsync(Passport)).Refusal);
    }

    [Fact]
    public async Task A_key_that_is_removed_counts_no_more_after_five_minutes()
    {
        using var verifier = new TestedVerifier();
        verifier.Clock.Jump(PassportVectors.Now.AddMinutes(-6));
        await verifier.VerifyAsync(UnknownKey);
        verifier.Api.Keys = [];
        verifier.Clock.Advance(TimeSpan.FromMinutes(6));
        verifier.Api.Page = PassportVectors.Feed;
        await verifier.PollAsync();

        // The first one starts the reading, which is done at once here.
        await verifier.VerifyAsync(Passport);

        Assert.Equal(PassportRefusal.Key, (await verifier.VerifyAsync(Passport)).Refusal);
    }
}
