using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Protection;
using static SessionApi.Tests.Passports.PassportSetup;

namespace SessionApi.Tests.Passports;

/// <summary>The feed of endings: what it tells, how complete it says it is, and what it refuses.</summary>
public sealed class EndingsTests : IAsyncDisposable
{
    private const string Feed = "/api/v1/endings";

    private readonly PassportVerifier _verifier = new();
    private readonly ApiFixture _api;

    public EndingsTests() => _api = NewApi();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task An_ended_session_is_told_by_the_hash_of_its_sid()
    {
        var (sid, _) = await _api.CreateAsync();
        await _api.CreateAsync();
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");

        var answer = await AskAsync(Feed);

        Assert.Equal(200, answer.Status);
        var ending = Assert.Single(answer.Json.GetProperty("endings").EnumerateArray());
        Assert.Equal(HashOf(sid), ending.GetProperty("hash").GetString());
        Assert.Equal(_api.Clock.GetUtcNow(), ending.GetProperty("endedAt").GetDateTimeOffset());
        Assert.DoesNotContain(sid, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_out_everywhere_is_spread_over_its_sessions_and_an_assignment_ends_the_anonymous_one()
    {
        var (first, _) = await _api.CreateAsync();
        var (second, _) = await _api.CreateAsync();
        var (anonymous, _) = await _api.CreateAsync("{}");
        await _api.SendAsync("DELETE", "/api/v1/sessions?userId=alice");
        await _api.SendAsync("POST", $"/api/v1/sessions/{anonymous}/rotate", """{"userId":"bob"}""");

        Assert.Equal(new[] { first, second, anonymous }.Select(HashOf).Order(StringComparer.Ordinal), HashesOf(await AskAsync(Feed)));
    }

    [Fact]
    public async Task An_instant_of_revoke_before_is_told_and_one_of_a_clients_keys_is_not()
    {
        Assert.False((await AskAsync(Feed)).Json.TryGetProperty("revokedBefore", out _));
        await _api.SendAsync("DELETE", "/api/v1/keyed-sessions");
        Assert.False((await AskAsync(Feed)).Json.TryGetProperty("revokedBefore", out _));
        var instant = _api.Clock.GetUtcNow().AddMilliseconds(-500);
        await _api.SendRawAsync(
            "POST", "/api/v1/operations/revoke-before", $$"""{"instant":"{{instant.ToString("O", CultureInfo.InvariantCulture)}}"}""", ("Authorization", "Bearer " + _verifier.Operator.Reveal()));

        Assert.Equal(instant, (await AskAsync(Feed)).Json.GetProperty("revokedBefore").GetDateTimeOffset());
    }

    [Fact]
    public async Task An_expiry_that_is_set_earlier_is_no_ending_and_shortens_the_next_passport()
    {
        var (sid, token) = await _api.CreateAsync();
        Assert.Equal(120, await IssueAsync(token));

        Assert.Equal(200, (await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", """{"expiresInSeconds":30}""")).Status);
        Assert.Empty(HashesOf(await AskAsync(Feed)));
        Assert.Equal(30, await IssueAsync(token));

        await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", """{"expiresInSeconds":0}""");
        Assert.Equal([HashOf(sid)], HashesOf(await AskAsync(Feed)));
    }

    [Fact]
    public async Task The_cursor_goes_on_where_the_answer_ended()
    {
        var first = await EndOneAsync();
        var before = await AskAsync(Feed);
        var second = await EndOneAsync();

        var after = await AskAsync($"{Feed}?after={before.Text("cursor")}");

        Assert.Equal([HashOf(first)], HashesOf(before));
        Assert.Equal([HashOf(second)], HashesOf(after));
        Assert.Empty(HashesOf(await AskAsync($"{Feed}?after={after.Text("cursor")}")));
    }

    [Fact]
    public async Task What_ended_before_the_longest_life_of_a_passport_is_not_told_to_a_new_reader()
    {
        var old = await EndOneAsync();
        Assert.Equal([HashOf(old)], HashesOf(await AskAsync(Feed)));
        var keep = (await AskAsync(Feed)).Json.GetProperty("keepSeconds").GetInt32();

        _api.Clock.Advance(TimeSpan.FromSeconds(keep - 1));
        Assert.Equal([HashOf(old)], HashesOf(await AskAsync(Feed)));
        _api.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(HashesOf(await AskAsync(Feed)));
        Assert.True(keep > 120 + 30, "An instance may issue a passport of an ended session for the age of its cache.");
    }

    [Fact]
    public async Task An_answer_says_how_complete_it_is()
    {
        var answer = await AskAsync(Feed);

        Assert.Equal(_api.Clock.GetUtcNow(), answer.Json.GetProperty("completeAsOf").GetDateTimeOffset());
        Assert.Equal((0, 1), (answer.Json.GetProperty("heldMilliseconds").GetInt32(), answer.Json.GetProperty("ageMilliseconds").GetInt32()));
        Assert.Equal((false, 120), (answer.Json.GetProperty("more").GetBoolean(), answer.Json.GetProperty("lifetimeSeconds").GetInt32()));
        Assert.Equal(_api.Clock.GetUtcNow(), answer.Json.GetProperty("heldSince").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_poll_waits_for_an_ending_and_says_how_long_it_was_held()
    {
        var cursor = (await AskAsync(Feed)).Text("cursor");
        var polling = AskAsync($"{Feed}?after={cursor}", ("Prefer", "wait=20"));
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.False(polling.IsCompleted);
        await _api.CreateAsync(); // another event, which is no ending
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.False(polling.IsCompleted);

        var sid = await EndOneAsync();
        while (!polling.IsCompleted)
        {
            await PassAsync(TimeSpan.FromMilliseconds(50));
        }

        var answer = await polling;
        Assert.Equal("wait=20", answer.Header("Preference-Applied"));
        Assert.Equal([HashOf(sid)], HashesOf(answer));
        Assert.InRange(answer.Json.GetProperty("heldMilliseconds").GetInt32(), 6_000, 20_000);
    }

    [Fact]
    public async Task A_poll_without_news_ends_with_its_wait_and_the_hosts_limit_counts()
    {
        await using var api = NewApi(("Waiting:Longest", "00:00:00"));
        var first = await AskAsync(api, Feed);

        var answer = await AskAsync(api, $"{Feed}?after={first.Text("cursor")}", ("Prefer", "respond-async, wait=10"));

        Assert.Equal("wait=0", answer.Header("Preference-Applied"));
        Assert.Null((await AskAsync(api, Feed)).Header("Preference-Applied"));
    }

    [Fact]
    public async Task The_compact_form_tells_the_same()
    {
        var first = await EndOneAsync();
        _api.Clock.Advance(TimeSpan.FromMilliseconds(1234));
        var second = await EndOneAsync();
        var json = await AskAsync(Feed);

        var bytes = await CompactAsync(Feed);

        Assert.Equal("SEN1", Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal((0, 0), (bytes[4], bytes[5]));
        var cursorLength = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(6));
        uint Number(int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        long Instant(int at) => BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at));
        Assert.Equal((0u, 1u, 120u), (Number(8), Number(12), Number(16)));
        Assert.Equal(json.Json.GetProperty("keepSeconds").GetUInt32(), Number(20));
        Assert.Equal((_api.Clock.GetUtcNow().ToUnixTimeMilliseconds(), 0), (Instant(24), Instant(32)));
        Assert.Equal(json.Json.GetProperty("heldSince").GetDateTimeOffset().ToUnixTimeMilliseconds(), Instant(40));
        Assert.Equal((2u, 52 + cursorLength + (2 * 20)), (Number(48), bytes.Length));
        Assert.Equal(json.Text("cursor"), Encoding.ASCII.GetString(bytes, 52, cursorLength));
        var entries = Enumerable.Range(0, 2).Select(i => 52 + cursorLength + (i * 20))
            .Select(at => (Hash: Base64Url.EncodeToString(bytes.AsSpan(at, 16)), Ago: Number(at + 16)))
            .OrderByDescending(entry => entry.Ago);
        Assert.Equal([(HashOf(first), 1234u), (HashOf(second), 0u)], entries);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("AAAA")]
    public async Task A_text_that_is_no_cursor_is_refused(string cursor)
    {
        var answer = await AskAsync($"{Feed}?after={cursor}");

        Assert.Equal((400, "validation"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_cursor_of_another_deployment_is_refused()
    {
        await using var other = NewApi();
        var cursor = (await AskAsync(other, Feed)).Text("cursor");

        var answer = await AskAsync($"{Feed}?after={cursor}");

        Assert.Equal((400, "cursor-foreign"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_back_end_that_knows_too_little_asks_about_one_session()
    {
        var (sid, _) = await _api.CreateAsync();

        Assert.Equal($$"""{"sid":"{{sid}}","ended":false,"version":1}""", (await AskAsync($"{Feed}/{sid}")).Body);
        await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}");
        Assert.Equal($$"""{"sid":"{{sid}}","ended":true}""", (await AskAsync($"{Feed}/{sid}")).Body);
        Assert.True((await AskAsync($"{Feed}/ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).Json.GetProperty("ended").GetBoolean());
        Assert.Equal(404, (await AskAsync($"{Feed}/ses_x")).Status);
    }

    [Fact]
    public async Task Where_passports_are_off_there_is_no_feed()
    {
        await using var off = NewApi(("Passports:Enabled", "false"));

        Assert.Equal((404, "passports-off"), ((await AskAsync(off, Feed)).Status, (await AskAsync(off, Feed)).Problem));
        Assert.Equal("passports-off", (await AskAsync(off, $"{Feed}/ses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).Problem);
    }

    private ApiFixture NewApi(params (string Name, string? Value)[] more) => new(
        Settings([.. _verifier.Settings, .. more]),
        services => services.PostConfigure<KeyRingOptions>(options =>
        {
            options.Ring.Clear();
            options.Draw();
        }));

    private Task<ApiAnswer> AskAsync(string target, params (string Name, string Value)[] headers) => AskAsync(_api, target, headers);

    private Task<ApiAnswer> AskAsync(ApiFixture api, string target, params (string Name, string Value)[] headers) =>
        api.SendRawAsync("GET", target, json: null, [("Authorization", "Bearer " + _verifier.Key.Reveal()), .. headers]);

    private async Task<int> IssueAsync(string token) =>
        (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", """{"audience":"orders"}""")).Json.GetProperty("expiresInSeconds").GetInt32();

    private async Task<byte[]> CompactAsync(string target)
    {
        var context = _api.NewContext("GET", target, ("Authorization", "Bearer " + _verifier.Key.Reveal()), ("Accept", "application/vnd.session-endings"));
        using var answered = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answered));
        await _api.RunAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        Assert.Equal("application/vnd.session-endings", context.Response.ContentType);
        return answered.ToArray();
    }

    private async Task<string> EndOneAsync()
    {
        var (sid, _) = await _api.CreateAsync();
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"/api/v1/sessions/{sid}")).Status);
        return sid;
    }

    // Lets the clock go on, and with each step the work that waits for it.
    private async Task PassAsync(TimeSpan time)
    {
        for (var end = _api.Clock.GetUtcNow() + time; _api.Clock.GetUtcNow() < end;)
        {
            _api.Clock.Advance(TimeSpan.FromMilliseconds(50));
            for (var i = 0; i < 500; i++)
            {
                await Task.Yield();
            }
        }
    }

    private static string HashOf(string sid) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(sid)).AsSpan(0, 16));

    private static IEnumerable<string> HashesOf(ApiAnswer answer) =>
        answer.Json.GetProperty("endings").EnumerateArray().Select(ending => ending.GetProperty("hash").GetString()!).Order(StringComparer.Ordinal);
}
