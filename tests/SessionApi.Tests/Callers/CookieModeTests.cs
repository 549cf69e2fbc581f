using SessionApi.Http;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Tests.Callers;

public sealed class CookieModeTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new(new Dictionary<string, string?>
    {
        ["Cookies:Enabled"] = "true",
        ["Cors:Origins:0"] = "https://app.example",
        ["RateLimit:Failures"] = "1000000",
    });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_cookie_is_a_credential_only_in_cookie_mode()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(200, (await BrowseAsync(token, "GET", "/api/v1/session")).Status);

        await using var without = new ApiFixture();
        var (_, other) = await without.CreateAsync();
        Assert.Equal(401, (await without.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", $"__Host-session={other}"))).Status);
    }

    [Fact]
    public async Task A_creation_hands_out_the_first_cookie()
    {
        var created = await _api.SendAsync("POST", "/api/v1/sessions", """{"userId":"alice","cookie":true}""");
        Assert.Equal(201, created.Status);
        Assert.Equal($"__Host-session={created.Text("token")}; Path=/; Secure; HttpOnly; SameSite=Lax", created.Text("setCookie"));
        Assert.Null(created.Header("Set-Cookie"));

        var pair = created.Text("setCookie").Split(';')[0];
        Assert.Equal("alice", (await _api.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", pair))).Text("userId"));
        var without = await _api.SendAsync("POST", "/api/v1/sessions", """{"userId":"alice","cookie":false}""");
        Assert.False(without.Json.TryGetProperty("setCookie", out _));
    }

    [Fact]
    public async Task Cookies_beside_it_do_not_matter_and_look_alikes_are_none()
    {
        var (_, token) = await _api.CreateAsync();
        foreach (var (cookies, status) in new[]
        {
            ($"a=1; __Host-session={token}; b=2", 200),
            ($"__HOST-session=x; __Host-session={token}", 200),
            ($"__Host-sessionx=x; __Host-session={token}", 200),
            ($"__host-session={token}", 401),
            ($"__Host-Session={token}", 401),
            ($"session={token}", 401),
            ($"__Host-session=\"{token}\"", 401),
            ("__Host-session=", 401),
            ($"__Host-session={_api.Service.Reveal()}", 401),
        })
        {
            Assert.Equal(status, (await _api.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", cookies))).Status);
        }
    }

    [Fact]
    public async Task Two_cookies_of_the_name_are_400()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(400, (await _api.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", $"__Host-session={token}; __Host-session=x"))).Status);
        Assert.Equal(400, (await _api.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", $"__Host-session={token}"), ("Cookie", $"__Host-session={token}"))).Status);
    }

    [Fact]
    public async Task A_cookie_beside_an_Authorization_header_is_400()
    {
        var (_, token) = await _api.CreateAsync();
        var answer = await _api.SendAsUserAsync(token, "GET", "/api/v1/session", null, ("Cookie", $"__Host-session={token}"));
        Assert.Equal((400, "credential-ambiguous"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_cookie_is_no_service_credential()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(401, (await BrowseAsync(token, "GET", "/api/v1/sessions?userId=alice")).Status);
    }

    [Fact]
    public async Task A_write_needs_Fetch_Metadata_or_Origin_and_the_CSRF_header()
    {
        var (_, token) = await _api.CreateAsync();
        var csrf = (await BrowseAsync(token, "GET", "/api/v1/session")).Text("csrfToken");
        (string, string) header = ("X-Session-CSRF", csrf);
        (string Name, string Value)[][] refused =
        [
            [],
            [header],
            [("Sec-Fetch-Site", "same-origin")],
            [header, ("Sec-Fetch-Site", "cross-site")],
            [header, ("Sec-Fetch-Site", "same-site")],
            [header, ("Sec-Fetch-Site", "none")],
            [header, ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://sessions.example")],
            [header, ("Origin", "https://evil.example")],
            [header, ("Origin", "null")],
            [header, ("Origin", "http://sessions.example")],
            [header, ("Origin", "https://sessions.example:444")],
            [header, ("Origin", "https://sessions.example.evil")],
            [("X-Session-CSRF", csrf[..^1]), ("Sec-Fetch-Site", "same-origin")],
            [("X-Session-CSRF", (csrf[0] == 'A' ? 'B' : 'A') + csrf[1..]), ("Sec-Fetch-Site", "same-origin")],
            [("X-Session-CSRF", csrf[..^2] + (csrf[^2] == 'A' ? 'B' : 'A') + csrf[^1]), ("Sec-Fetch-Site", "same-origin")],
            [header, header, ("Sec-Fetch-Site", "same-origin")],
        ];
        foreach (var headers in refused)
        {
            var answer = await BrowseAsync(token, "POST", "/api/v1/session/touch", headers);
            Assert.Equal((403, "csrf-refused"), (answer.Status, answer.Problem));
        }

        Assert.Equal(200, (await BrowseAsync(token, "POST", "/api/v1/session/touch", header, ("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(200, (await BrowseAsync(token, "POST", "/api/v1/session/touch", header, ("Origin", "https://sessions.example"))).Status);
        Assert.Equal(200, (await BrowseAsync(token, "POST", "/api/v1/session/touch", header, ("Origin", "https://app.example"), ("Sec-Fetch-Site", "cross-site"))).Status);
    }

    [Fact]
    public async Task A_CSRF_value_is_bound_to_its_session()
    {
        var (_, token) = await _api.CreateAsync();
        var (_, other) = await _api.CreateAsync();
        var csrf = (await BrowseAsync(other, "GET", "/api/v1/session")).Text("csrfToken");
        Assert.Equal(403, (await BrowseAsync(token, "DELETE", "/api/v1/session", ("X-Session-CSRF", csrf), ("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(200, (await BrowseAsync(token, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task The_header_credential_needs_no_CSRF_value_and_gets_none()
    {
        var (_, token) = await _api.CreateAsync();
        Assert.Equal(200, (await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch")).Status);
        Assert.False((await _api.SendAsUserAsync(token, "GET", "/api/v1/session")).Json.TryGetProperty("csrfToken", out _));
    }

    [Fact]
    public async Task Rotation_hands_the_new_token_to_the_cookie_alone()
    {
        var (_, token) = await _api.CreateAsync();
        var answer = await WriteAsync(token, "POST", "/api/v1/session/rotate");

        Assert.Equal(200, answer.Status);
        Assert.False(answer.Json.TryGetProperty("token", out _));
        Assert.DoesNotContain("sst_", answer.Body, StringComparison.Ordinal);
        var cookie = answer.Header("Set-Cookie")!;
        Assert.Matches("^__Host-session=sst_[A-Za-z0-9_-]{112}[0-9A-Za-z]{6}; Path=/; Secure; HttpOnly; SameSite=Lax$", cookie);
        Assert.InRange(cookie.Length, 1, 4096);
        Assert.Equal(200, (await BrowseAsync(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..cookie.IndexOf(';', StringComparison.Ordinal)], "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task A_persistent_strict_cookie_ends_with_the_session()
    {
        await using var api = new ApiFixture(new Dictionary<string, string?>
        {
            ["Cookies:Enabled"] = "true",
            ["Cookies:Persistent"] = "true",
            ["Cookies:SameSite"] = "Strict",
        });
        var (_, token) = await api.CreateAsync();
        api.Clock.Advance(TimeSpan.FromMinutes(30));
        var csrf = (await api.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", $"__Host-session={token}"))).Text("csrfToken");
        var answer = await api.SendRawAsync(
            "POST", "/api/v1/session/rotate", null, ("Cookie", $"__Host-session={token}"), ("X-Session-CSRF", csrf), ("Sec-Fetch-Site", "same-origin"));
        Assert.EndsWith("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=84600", answer.Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/session", 204)]
    [InlineData("/api/v1/me/sessions", 200)]
    [InlineData("/api/v1/me/sessions/{own}", 204)]
    public async Task Signing_out_clears_the_cookie_and_the_site(string target, int status)
    {
        var (sid, token) = await _api.CreateAsync();
        var answer = await WriteAsync(token, "DELETE", target.Replace("{own}", sid, StringComparison.Ordinal));
        Assert.Equal(status, answer.Status);
        Assert.Equal("__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", answer.Header("Set-Cookie"));
        Assert.Equal("\"cache\", \"cookies\", \"storage\"", answer.Header("Clear-Site-Data"));
    }

    [Fact]
    public async Task Signing_out_elsewhere_keeps_the_cookie()
    {
        var (other, _) = await _api.CreateAsync();
        var (_, token) = await _api.CreateAsync();
        Assert.Null((await WriteAsync(token, "DELETE", $"/api/v1/me/sessions/{other}")).Header("Set-Cookie"));
        Assert.Null((await WriteAsync(token, "DELETE", "/api/v1/me/sessions?except=current")).Header("Set-Cookie"));
    }

    [Fact]
    public void A_bound_tag_outlives_the_key_that_made_it()
    {
        var options = new KeyRingOptions();
        options.Ring.Add(KeyRing.Random()[0]);
        var before = new KeyRing(Microsoft.Extensions.Options.Options.Create(options));
        var id = new SessionId(new SessionLocator(SessionLocator.NewId(), SessionLocator.NewId()));
        var tag = BoundTag.Make(before, "p"u8, id);

        var rotated = new KeyRingOptions();
        rotated.Ring.Add(new KeyOptions { Id = options.Ring[0].Id, Key = options.Ring[0].Key });
        var next = KeyRing.Random()[0];
        next.Id = 2;
        rotated.Ring.Add(next);
        var after = new KeyRing(Microsoft.Extensions.Options.Options.Create(rotated));

        Assert.True(BoundTag.IsRight(after, "p"u8, id, tag));
        Assert.False(BoundTag.IsRight(after, "q"u8, id, tag));
        Assert.NotEqual(tag, BoundTag.Make(after, "p"u8, id));
        Assert.Equal(BoundTag.TextLength, tag.Length);
        Assert.Equal("__Host-session", SessionHeaders.Cookie);
    }

    private Task<ApiAnswer> BrowseAsync(string token, string method, string target, params (string Name, string Value)[] headers) =>
        _api.SendRawAsync(method, target, null, [("Cookie", $"__Host-session={token}"), .. headers]);

    private async Task<ApiAnswer> WriteAsync(string token, string method, string target)
    {
        var csrf = (await BrowseAsync(token, "GET", "/api/v1/session")).Text("csrfToken");
        return await BrowseAsync(token, method, target, ("X-Session-CSRF", csrf), ("Sec-Fetch-Site", "same-origin"));
    }
}
