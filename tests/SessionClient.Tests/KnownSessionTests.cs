using System.Text.Json.Nodes;
using SessionFunctions.Client;
using SessionFunctions.Client.Http;
using Support.Time;

namespace SessionClient.Tests;

/// <summary>Introspections of a session that the caller knows: it is not told again while its version stays.</summary>
[Collection(nameof(RunningApi))] // the metrics of all clients of the process are the same
public sealed class KnownSessionTests : IDisposable
{
    private const string Bad = """{"type":"urn:session-functions:problem:validation","title":"t","status":400,"errors":[{"pointer":"#","detail":"Unknown member \"knownVersion\"."}]}""";

    private static readonly Session Known = new()
    {
        Sid = "a",
        UserId = "alice",
        State = SessionState.Live,
        Version = 7,
        ETag = "\"7\"",
        ExpiresIn = TimeSpan.FromHours(9),
        IdleExpiresIn = TimeSpan.FromHours(1),
    };

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedApi _api = new();
    private readonly SessionsClient _client;

    public KnownSessionTests() => _client = _api.NewClient(_clock);

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task An_unchanged_one_is_the_known_one_with_the_time_that_is_left()
    {
        var asked = AskAsync("a");
        var call = await _api.NextAsync();
        Assert.Equal(7, call.KnownVersions.Single());
        call.Answer(200, Unchanged("a"));

        var told = await asked;

        Assert.True(told is { Active: true, IsUnchanged: true, Insufficient: null, Passport: null });
        Assert.Equal(Known with { IdleExpiresIn = TimeSpan.FromSeconds(60), ExpiresIn = TimeSpan.FromSeconds(600) }, told.Session);
    }

    [Fact]
    public async Task A_changed_one_is_told_whole()
    {
        var asked = AskAsync("a");
        (await _api.NextAsync()).Answer(200, """{"active":true,"session":{"sid":"a","userId":"bob","state":"live","version":8}}""");

        var told = await asked;

        Assert.Equal((false, "bob", 8, "\"8\""), (told.IsUnchanged, told.Session!.UserId, told.Session.Version, told.Session.ETag));
    }

    [Fact]
    public async Task An_ended_one_is_inactive()
    {
        var asked = AskAsync("a");
        (await _api.NextAsync()).Answer(200, """{"active":false}""");

        Assert.True(await asked is { Active: false, Session: null, IsUnchanged: false });
    }

    [Theory]
    [InlineData("""{"active":true,"unchanged":{"sid":"b","idleExpiresInSeconds":60,"expiresInSeconds":600}}""")]
    [InlineData("""{"active":true,"unchanged":{"idleExpiresInSeconds":60,"expiresInSeconds":600,"sid":"b"}}""")]
    public async Task Another_session_of_the_same_version_is_never_taken_for_the_known_one(string other)
    {
        var asked = AskAsync("b");
        (await _api.NextAsync()).Answer(200, other);
        var again = await _api.NextAsync();
        Assert.Null(again.KnownVersions.Single());
        again.Answer();

        var told = await asked;

        Assert.Equal((false, "b", null), (told.IsUnchanged, told.Session!.Sid, told.Session.UserId));
    }

    [Fact]
    public async Task What_is_missing_and_a_passport_come_with_it()
    {
        var asked = AskAsync("a");
        (await _api.NextAsync()).Answer(200, """
            {"active":true,"insufficient":{"methods":["hwk"]},"unchanged":{"sid":"a","idleExpiresInSeconds":60,"expiresInSeconds":600},"passport":{"token":"p","audience":"orders"}}
            """);

        var told = await asked;

        Assert.Equal((true, "alice", "orders", "hwk"), (told.IsUnchanged, told.Session!.UserId, told.Passport?.Audience, told.Insufficient?.Methods?.Single()));
    }

    [Theory]
    [InlineData("""{"active":true}""")]
    [InlineData("""{"active":true,"unchanged":null}""")]
    [InlineData("""{"active":true,"unchanged":{"sid":"a"}}""")]
    [InlineData("""{"active":true,"unchanged":{"sid":"a","idleExpiresInSeconds":1.5,"expiresInSeconds":600}}""")]
    [InlineData("""{"active":true,"unchanged":{"sid":"a","idleExpiresInSeconds":60,"expiresInSeconds":600}""")]
    [InlineData("""{"unchanged":{"sid":"a","idleExpiresInSeconds":60,"expiresInSeconds":600}}""")]
    public async Task An_answer_of_another_shape_is_not_the_apis(string body)
    {
        var asked = AskAsync("a");
        (await _api.NextAsync()).Answer(200, body);

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => asked);
    }

    [Fact]
    public async Task Unchanged_is_no_answer_to_one_who_knows_nothing()
    {
        var asked = _client.IntrospectAsync("a");
        (await _api.NextAsync()).Answer(200, Unchanged("a"));

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => asked);
    }

    [Fact]
    public async Task An_older_api_that_refuses_the_member_is_asked_without_it_for_a_while()
    {
        var asked = AskAsync("a");
        (await _api.NextAsync()).Answer(400, Bad);
        (await _api.NextAsync()).Answer();
        Assert.Equal("a", (await asked).Session!.Sid);

        _clock.Advance(MissingFeature.Pause - TimeSpan.FromMilliseconds(1));
        Assert.Null(await NamedVersionAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(7, await NamedVersionAsync());
    }

    [Fact]
    public async Task What_is_refused_for_another_reason_is_refused_and_the_version_stays_named()
    {
        var asked = AskAsync("a");
        (await _api.NextAsync()).Answer(400, Bad);
        (await _api.NextAsync()).Answer(400, Bad);

        Assert.Equal(400, (await Assert.ThrowsAsync<SessionsException>(() => asked)).Status);
        Assert.Equal(7, await NamedVersionAsync());
    }

    private static string Unchanged(string sid) => new JsonObject
    {
        ["active"] = true,
        ["unchanged"] = new JsonObject { ["sid"] = sid, ["idleExpiresInSeconds"] = 60, ["expiresInSeconds"] = 600 },
    }.ToJsonString();

    private async Task<long?> NamedVersionAsync()
    {
        var asked = AskAsync("a");
        var call = await _api.NextAsync();
        call.Answer();
        await asked;
        return call.KnownVersions.Single();
    }

    private Task<Introspection> AskAsync(string token) => _client.IntrospectAsync(token, new IntrospectionOptions { Known = Known });
}
