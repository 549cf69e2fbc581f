using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using SessionFunctions.AspNetCore.Passports;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>A passport that was verified is not verified again, but everything that may change is looked at for each request.</summary>
public sealed class PassportCacheTests : IDisposable
{
    private static readonly string Text = PassportVectors.PassportOf("a user");

    private readonly TestedVerifier _verifier = new();

    public void Dispose() => _verifier.Dispose();

    [Fact]
    public async Task A_passport_is_verified_once()
    {
        await _verifier.PollAsync();
        Assert.Null(_verifier.FindKept(Text));

        var first = (await _verifier.VerifyAsync(Text)).Passport;

        Assert.NotNull(first);
        Assert.Same(first, _verifier.FindKept(Text));
        Assert.Same(first, (await _verifier.VerifyAsync(Text)).Passport);
    }

    [Theory]
    [InlineData("signed by another key", PassportRefusal.Signature)]
    [InlineData("another audience", PassportRefusal.Audience)]
    [InlineData("a foreign issuer", PassportRefusal.Issuer)]
    [InlineData("alg none", PassportRefusal.Algorithm)]
    public async Task What_is_refused_is_not_kept(string vector, object refusal)
    {
        await _verifier.PollAsync();
        var text = PassportVectors.PassportOf(vector);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(refusal, (await _verifier.VerifyAsync(text)).Refusal);
            Assert.Null(_verifier.FindKept(text));
        }
    }

    [Fact]
    public async Task A_kept_passport_expires()
    {
        await _verifier.PollAsync();
        var passport = (await _verifier.VerifyAsync(Text)).Passport!; // it is accepted
        _verifier.Clock.Advance(passport.ExpiresAt - _verifier.Clock.GetUtcNow());
        await _verifier.PollAsync();

        Assert.NotNull(_verifier.FindKept(Text));
        Assert.Equal(PassportRefusal.Expired, (await _verifier.VerifyAsync(Text)).Refusal);
    }

    [Fact]
    public async Task A_kept_passport_of_a_clock_that_is_set_back_is_of_the_future()
    {
        await _verifier.PollAsync();
        await _verifier.VerifyAsync(Text);

        _verifier.Clock.Jump(PassportVectors.Now.AddMinutes(-2));

        Assert.NotNull(_verifier.FindKept(Text));
        Assert.Equal(PassportRefusal.IssuedInFuture, (await _verifier.VerifyAsync(Text)).Refusal);
    }

    [Fact]
    public async Task A_kept_passport_is_refused_when_its_session_ends()
    {
        await _verifier.PollAsync();
        var passport = (await _verifier.VerifyAsync(Text)).Passport!; // it is accepted
        _verifier.Api.Page = PassportVectors.Feed with { Endings = [(passport.Sid, TimeSpan.Zero)] };
        await _verifier.PollAsync();

        Assert.Equal(PassportRefusal.Ended, (await _verifier.VerifyAsync(Text)).Refusal);
    }

    [Fact]
    public async Task A_kept_passport_is_refused_when_the_sessions_of_its_time_end()
    {
        await _verifier.PollAsync();
        var passport = (await _verifier.VerifyAsync(Text)).Passport!; // it is accepted
        _verifier.Api.Page = PassportVectors.Feed with { RevokedBefore = passport.CreatedAt.AddMilliseconds(1) };
        await _verifier.PollAsync();

        Assert.Equal(PassportRefusal.Ended, (await _verifier.VerifyAsync(Text)).Refusal);
    }

    [Fact]
    public async Task A_kept_passport_that_lives_longer_than_the_api_issues_them_now_is_refused()
    {
        await _verifier.PollAsync();
        await _verifier.VerifyAsync(Text);
        _verifier.Api.Page = PassportVectors.Feed with { Lifetime = TimeSpan.FromSeconds(30) };
        await _verifier.PollAsync();

        Assert.Equal(PassportRefusal.Lifetime, (await _verifier.VerifyAsync(Text)).Refusal);
    }

    [Fact]
    public async Task A_kept_passport_is_asked_for_when_the_feed_is_old_and_not_accepted_when_nobody_answers()
    {
        await _verifier.PollAsync();
        await _verifier.VerifyAsync(Text);
        _verifier.Api.Page = null;
        _verifier.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.NotNull((await _verifier.VerifyAsync(Text)).Passport);
        Assert.Equal(1, _verifier.Api.EndingsAsked);
        _verifier.Api.IsDown = true;
        Assert.NotNull((await _verifier.VerifyAsync(Text)).Failure);
    }

    [Fact]
    public async Task A_kept_passport_of_a_key_that_was_removed_is_refused()
    {
        await KeepBeforeTheKeysAreReadAnewAsync(keys: []);

        Assert.Null(_verifier.FindKept(Text));
        Assert.Equal(PassportRefusal.Key, (await _verifier.VerifyAsync(Text)).Refusal);
    }

    [Fact]
    public async Task A_kept_passport_of_a_key_that_is_another_under_its_id_is_refused()
    {
        await KeepBeforeTheKeysAreReadAnewAsync(keys: [PassportVectors.Keys[0] with { X = PassportVectors.Keys[0].Y, Y = PassportVectors.Keys[0].X }]);

        Assert.Null(_verifier.FindKept(Text));
        Assert.Null((await _verifier.VerifyAsync(Text)).Passport);
    }

    [Fact]
    public async Task A_kept_passport_is_verified_again_by_keys_that_were_read_anew()
    {
        await KeepBeforeTheKeysAreReadAnewAsync(PassportVectors.Keys);

        Assert.Null(_verifier.FindKept(Text));
        Assert.NotNull((await _verifier.VerifyAsync(Text)).Passport);
        Assert.NotNull(_verifier.FindKept(Text));
    }

    [Theory]
    [InlineData("payments", null, PassportRefusal.Audience)]
    [InlineData(null, "https://elsewhere.example.com", PassportRefusal.Issuer)]
    public async Task Another_audience_or_issuer_does_not_share_it(string? audience, string? issuer, object refusal)
    {
        await _verifier.PollAsync();
        await _verifier.VerifyAsync(Text);
        var other = _verifier.OptionsWith(audience ?? PassportVectors.Audience, issuer ?? PassportVectors.Issuer);

        Assert.Null(_verifier.FindKept(Text, other));
        Assert.Equal(refusal, (await _verifier.VerifyAsync(Text, other)).Refusal);
        Assert.NotNull((await _verifier.VerifyAsync(Text)).Passport);
    }

    [Fact]
    public async Task A_text_that_differs_in_any_character_is_not_found()
    {
        await _verifier.PollAsync();
        await _verifier.VerifyAsync(Text);

        for (var at = 0; at < Text.Length; at++)
        {
            Assert.Null(_verifier.FindKept(Text[..at] + (Text[at] == 'A' ? 'B' : 'A') + Text[(at + 1)..]));
            Assert.Null(_verifier.FindKept(Text[..at] + (char)(Text[at] + 0x100) + Text[(at + 1)..]));
        }

        Assert.Null(_verifier.FindKept(Text + " "));
        Assert.Equal(PassportRefusal.Signature, (await _verifier.VerifyAsync(WithAnotherUser(Text))).Refusal);
    }

    [Fact]
    public void As_many_are_kept_as_there_is_room_for()
    {
        var parameters = new TokenValidationParameters();
        using var keys = new PassportKeys(_verifier.Api, _verifier.Clock);
        using var verified = new VerifiedPassports(keys, _verifier.Clock);
        var passport = new Passport
        {
            Sid = "ses_1",
            IssuedAt = PassportVectors.Now,
            ExpiresAt = PassportVectors.Now.AddMinutes(2),
            AuthenticatedAt = PassportVectors.Now,
            CreatedAt = PassportVectors.Now,
            AssuranceLevel = AssuranceLevel.Aal1,
            Version = 1,
        };
        for (var number = 0; number < VerifiedPassports.Capacity * 2; number++)
        {
            verified.Keep($"passport {number}", parameters, "kid", [], passport);
        }

        Assert.InRange(verified.Count, 1, VerifiedPassports.Capacity);
    }

    [Fact]
    public async Task Each_request_has_a_principal_of_its_own()
    {
        await using var app = await PassportApp.StartAsync(
            SessionPassportDefaults.AuthenticationScheme,
            static authentication =>
            {
                authentication.AddSessionPassports(static options => (options.Issuer, options.Audience) = (PassportVectors.Issuer, PassportVectors.Audience));
                authentication.Services.AddSingleton<IClaimsTransformation, Addition>();
            });
        await app.PollAsync();

        for (var i = 0; i < 3; i++)
        {
            using var answer = await app.GetAsync("/who", bearer: Text);

            var claims = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("claims");
            Assert.Single(claims.EnumerateArray(), static claim => claim.GetString() == "added=1");
        }
    }

    // Verified by the keys as they are, five minutes after which they are read anew.
    private async Task KeepBeforeTheKeysAreReadAnewAsync(IReadOnlyList<PassportKey> keys)
    {
        _verifier.Clock.Jump(PassportVectors.Now.AddSeconds(-290));
        await _verifier.VerifyAsync(PassportVectors.PassportOf("a key id that is not published"));
        _verifier.Clock.Advance(TimeSpan.FromSeconds(290));
        await _verifier.PollAsync();
        Assert.NotNull((await _verifier.VerifyAsync(Text)).Passport);
        _verifier.Api.Keys = keys;
        _verifier.Clock.Advance(TimeSpan.FromSeconds(20));
        await _verifier.PollAsync();

        // It starts the reading, which is done at once here.
        await _verifier.VerifyAsync(Text);
    }

    private static string WithAnotherUser(string passport)
    {
        var parts = passport.Split('.');
        var payload = System.Text.Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(parts[1])).Replace("alice", "malice", StringComparison.Ordinal);
        return $"{parts[0]}.{WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
    }

    /// <summary>Changes the principal that it is given, as careless applications do.</summary>
    private sealed class Addition : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim("added", "1")); // the scheme made it
            return Task.FromResult(principal);
        }
    }
}
