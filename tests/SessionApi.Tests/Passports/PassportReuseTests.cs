using System.Security.Cryptography;
using System.Text.Json;
using SessionApi.Passports;
using SessionCore.Sessions;
using static SessionApi.Tests.Passports.PassportSetup;

namespace SessionApi.Tests.Passports;

/// <summary>A passport is given again for five seconds, as long as it would say the same.</summary>
public sealed class PassportReuseTests : IAsyncDisposable
{
    private const long Now = 1_900_000_000;
    private static readonly byte[] Signature = new byte[PassportKey.SignatureBytes];

    private readonly ApiFixture _api = new(Settings(("Passports:Audiences:2:Name", "stock"), ("Passports:Audiences:2:Clients:0", "service")));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_same_passport_is_given_again_within_five_seconds()
    {
        var (_, token) = await _api.CreateAsync();
        var first = await IssueAsync(token);
        _api.Clock.Advance(TimeSpan.FromMilliseconds(4_900));

        var again = await IssueAsync(token);
        var own = await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", """{"audience":"orders"}""");

        Assert.Equal(Text(first), Text(again));
        Assert.Equal(Text(first), own.Text("token"));
        Assert.Equal(first.GetProperty("expiresAt").GetDateTimeOffset(), again.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Equal((120, 116), (first.GetProperty("expiresInSeconds").GetInt32(), again.GetProperty("expiresInSeconds").GetInt32()));
    }

    [Fact]
    public async Task After_five_seconds_it_is_a_new_one()
    {
        var (_, token) = await _api.CreateAsync();
        var first = await IssueAsync(token);
        _api.Clock.Advance(TimeSpan.FromSeconds(5));

        var next = await IssueAsync(token);

        Assert.Equal(Number(first, "iat") + 5, Number(next, "iat"));
        Assert.Equal(120, next.GetProperty("expiresInSeconds").GetInt32());
        await AssertSignedAsync(next);
    }

    [Theory]
    [InlineData("PUT", "claims", """{"role":"auditor"}""")]
    [InlineData("PUT", "data", """{"cart":2}""")]
    [InlineData("PATCH", "data", """{"cart":3}""")]
    [InlineData("PUT", "expiry", """{"expiresInSeconds":90}""")]
    [InlineData("PUT", "expiry", """{"idleTimeoutSeconds":60}""")]
    public async Task A_changed_session_gets_a_new_passport_at_once(string method, string part, string body)
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","claims":{"role":"admin"}}""");
        var first = await IssueAsync(token);
        _api.Clock.Advance(TimeSpan.FromSeconds(1));
        (string, string)[] headers = method == "PATCH" ? [("Content-Type", "application/merge-patch+json")] : [];
        Assert.InRange((await _api.SendAsync(method, $"/api/v1/sessions/{sid}/{part}", body, headers)).Status, 200, 204);

        var next = await IssueAsync(token);

        Assert.NotEqual(Text(first), Text(next));
        Assert.Equal(Number(first, "iat") + 1, Number(next, "iat"));
        await AssertSignedAsync(next);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"assuranceLevel":"aal3"}""")]
    [InlineData("""{"authenticationMethods":["hwk"]}""")]
    [InlineData("""{"claims":{"role":"auditor"}}""")]
    public async Task A_rotated_session_gets_a_new_passport_at_once(string body)
    {
        var (sid, token) = await _api.CreateAsync("""{"userId":"alice","assuranceLevel":"aal1","claims":{"role":"admin"}}""");
        var first = await IssueAsync(token);

        var rotated = await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", body);
        var next = await IssueAsync(rotated.Text("token"));

        Assert.Equal(Number(first, "ver") + 1, Number(next, "ver"));
        await AssertSignedAsync(next);
        Assert.Equal(Text(next), Text(await IssueAsync(rotated.Text("token"))));
    }

    [Fact]
    public async Task An_end_that_comes_before_the_passports_gives_a_shorter_one()
    {
        var (sid, token) = await _api.CreateAsync();
        await IssueAsync(token);

        await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", """{"expiresInSeconds":60}""");

        Assert.Equal(60, (await IssueAsync(token)).GetProperty("expiresInSeconds").GetInt32());
    }

    [Fact]
    public async Task Activity_that_is_not_written_does_not_change_it()
    {
        var (sid, token) = await _api.CreateAsync();
        var first = await IssueAsync(token);
        _api.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(200, (await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/touch")).Status);

        Assert.Equal(Text(first), Text(await IssueAsync(token)));
    }

    [Fact]
    public async Task Neither_another_audience_nor_another_session_gets_it()
    {
        var (_, token) = await _api.CreateAsync();
        var (_, other) = await _api.CreateAsync();
        var first = await IssueAsync(token);

        var stock = await IssueAsync(token, "stock");
        var another = await IssueAsync(other);

        Assert.Equal("stock", Claims(Text(stock)).GetProperty("aud").GetString());
        Assert.NotEqual(Claims(Text(first)).GetProperty("sid").GetString(), Claims(Text(another)).GetProperty("sid").GetString());
        Assert.Equal(Text(first), Text(await IssueAsync(token)));
    }

    [Fact]
    public async Task An_ended_session_does_not_get_it_again()
    {
        var (sid, token) = await _api.CreateAsync();
        await IssueAsync(token);

        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");

        Assert.Equal("""{"active":false}""", (await AskAsync(token, Audience)).Body);
    }

    [Fact]
    public async Task Requests_at_the_same_time_get_passports_that_are_all_good()
    {
        var tokens = new List<string>();
        for (var session = 0; session < 4; session++)
        {
            tokens.Add((await _api.CreateAsync()).Token);
        }

        var issued = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(async () => (Session: number % 4, Passport: await IssueAsync(tokens[number % 4])))));

        foreach (var of in issued.GroupBy(one => one.Session))
        {
            Assert.Single(of.Select(one => Claims(Text(one.Passport)).GetRawText()).Distinct());
            foreach (var distinct in of.DistinctBy(one => Text(one.Passport)))
            {
                await AssertSignedAsync(distinct.Passport);
            }

            Assert.Contains(Text(await IssueAsync(tokens[of.Key])), of.Select(one => Text(one.Passport)));
        }
    }

    [Fact]
    public void A_signature_is_only_for_the_bytes_that_it_signs()
    {
        var signature = new PassportSignature(NewSession(), Audience, Now, SHA256.HashData("header.payload"u8), Signature);

        Assert.True(signature.Signs(SHA256.HashData("header.payload"u8)));
        Assert.False(signature.Signs(SHA256.HashData("header.payloae"u8)));
    }

    [Theory]
    [InlineData(-1, false)] // a clock that was set back
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void A_signature_is_found_for_five_seconds(int later, bool isFound)
    {
        var signatures = new PassportSignatures();
        var session = NewSession();
        signatures.Keep(new PassportSignature(session, Audience, Now, [], Signature));

        Assert.Equal(isFound, signatures.Find(session, Audience, Now + later) is not null);
    }

    [Fact]
    public void As_many_signatures_are_kept_as_there_is_room_for_and_the_oldest_make_place()
    {
        var signatures = new PassportSignatures();
        var sessions = Enumerable.Range(0, PassportSignatures.Capacity * 2).Select(_ => NewSession()).ToArray();
        foreach (var (number, session) in sessions.Index())
        {
            signatures.Keep(new PassportSignature(session, Audience, Now + (number * 4 / sessions.Length), [], Signature));
        }

        var latest = new PassportSignature(NewSession(), Audience, Now + 4, [], Signature);
        signatures.Keep(latest);

        Assert.InRange(sessions.Count(session => signatures.Find(session, Audience, Now + 4) is not null), 1, PassportSignatures.Capacity);
        Assert.Same(latest, signatures.Find(latest.Session, Audience, Now + 4));
    }

    private static SessionId NewSession() => new(new SessionLocator(SessionLocator.NewId(), SessionLocator.NewId()));

    private static string Text(JsonElement passport) => passport.GetProperty("token").GetString()!; // the API gives a text

    private static long Number(JsonElement passport, string claim) => Claims(Text(passport)).GetProperty(claim).GetInt64();

    private Task<ApiAnswer> AskAsync(string token, string audience) =>
        _api.SendAsync("POST", "/api/v1/sessions/introspect", $$$"""{"token":"{{{token}}}","touch":false,"passport":{"audience":"{{{audience}}}"}}""");

    private async Task<JsonElement> IssueAsync(string token, string audience = Audience) => (await AskAsync(token, audience)).Json.GetProperty("passport");

    private async Task AssertSignedAsync(JsonElement passport)
    {
        var published = Assert.Single((await _api.SendRawAsync("GET", "/api/v1/passport-keys", json: null)).Json.GetProperty("keys").EnumerateArray());
        Assert.True(IsSignedBy(Text(passport), published));
    }
}
