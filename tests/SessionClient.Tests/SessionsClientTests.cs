using System.Text.Json.Nodes;
using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>Every call of the client against the real host.</summary>
[Collection(nameof(RunningApi))]
public sealed class SessionsClientTests(RunningApi api) : IAsyncLifetime
{
    private readonly TestedClient _client = new(api.Address, api.ServiceKey);

    private SessionsClient Sessions => _client.Sessions;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task A_session_is_created_with_everything_that_was_given()
    {
        var user = RunningApi.NewUser();

        var issued = await Sessions.CreateAsync(new NewSession
        {
            UserId = user,
            Claims = new JsonObject { ["role"] = "admin" },
            Data = new JsonObject { ["cart"] = new JsonArray(7) },
            Device = new NewDevice { Label = "Laptop", UserAgent = "curl/8", IpAddress = "192.0.2.1" },
            IdleTimeout = TimeSpan.FromMinutes(10),
            AbsoluteLifetime = TimeSpan.FromHours(1),
            AssuranceLevel = AssuranceLevel.Aal2,
            AuthenticationMethods = ["pwd", "otp"],
            Actor = new SessionActor { Sub = "support-7", Reason = "Ticket 4711" },
            Cookie = true,
        });

        Assert.StartsWith("sst_", issued.Token, StringComparison.Ordinal);
        Assert.Contains(issued.Token, issued.SetCookie, StringComparison.Ordinal);
        var session = issued.Session;
        Assert.Equal((issued.Sid, user, SessionState.Live), (session.Sid, session.UserId, session.State));
        Assert.Equal("admin", session.Claims?.GetProperty("role").GetString());
        Assert.Equal(7, session.Data?.GetProperty("cart")[0].GetInt32());
        Assert.Equal(new SessionDevice { Name = "Laptop", Label = "Laptop", UserAgent = "curl/8", IpAddress = "192.0.2.1", LastIpAddress = "192.0.2.1" }, session.Device);
        Assert.Equal(TimeSpan.FromMinutes(10), session.IdleTimeout);
        Assert.InRange(session.ExpiresIn, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.InRange(session.IdleExpiresIn, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(AssuranceLevel.Aal2, session.AssuranceLevel);
        Assert.Equal(["pwd", "otp"], session.AuthenticationMethods);
        Assert.Equal("support-7", session.Actor?.Sub);
        Assert.NotNull(session.ETag);
    }

    [Fact]
    public async Task A_token_is_active_until_its_session_ends()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });

        var live = await Sessions.IntrospectAsync(issued.Token, new IntrospectionOptions { IpAddress = "192.0.2.9" });
        await Sessions.RevokeAsync(issued.Sid, "password-changed");
        var ended = await Sessions.IntrospectAsync(issued.Token);
        var end = await Sessions.FindEndAsync(issued.Token);

        Assert.True(live.Active);
        Assert.Equal(issued.Sid, live.Session?.Sid);
        Assert.Null(live.Insufficient);
        Assert.False(ended.Active);
        Assert.Null(ended.Session);
        Assert.Equal("password-changed", end?.Reason);
        Assert.NotNull(end?.At);
    }

    [Theory]
    [InlineData("sst_unknown")]
    [InlineData("")]
    [InlineData("no token\r\nX-Injected: 1")]
    public async Task Text_that_is_no_token_is_inactive_and_has_no_end(string text)
    {
        Assert.False((await Sessions.IntrospectAsync(text)).Active);
        Assert.Null(await Sessions.FindEndAsync(text));
    }

    [Fact]
    public async Task A_live_session_has_no_end()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });

        Assert.Null(await Sessions.FindEndAsync(issued.Token));
    }

    [Fact]
    public async Task What_the_sign_in_lacks_is_told()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser(), AuthenticationMethods = ["pwd"] });
        var requires = new SignInRequirement { MinAssuranceLevel = AssuranceLevel.Aal3, Methods = ["pwd", "hwk"], MaxAuthenticationAge = TimeSpan.FromHours(1) };

        var answer = await Sessions.IntrospectAsync(issued.Token, new IntrospectionOptions { Touch = false, Requires = requires });

        Assert.True(answer.Active);
        Assert.Equal(AssuranceLevel.Aal3, answer.Insufficient?.MinAssuranceLevel);
        Assert.Equal(["hwk"], answer.Insufficient?.Methods);
        Assert.Null(answer.Insufficient?.MaxAuthenticationAge);
    }

    [Fact]
    public async Task A_session_is_read_with_the_age_that_was_asked_for()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });

        foreach (var consistency in new[] { null, ReadConsistency.Cached, ReadConsistency.Strong, ReadConsistency.Within(TimeSpan.FromSeconds(2)) })
        {
            Assert.Equal(issued.Sid, (await Sessions.GetAsync(issued.Sid, consistency))?.Sid);
        }
    }

    [Theory]
    [InlineData("ses_unknown")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../operations/status")]
    [InlineData("a?b")]
    public async Task An_id_that_no_session_has_is_absent_everywhere(string sid)
    {
        Assert.Null(await Sessions.GetAsync(sid));
        Assert.Null(await Sessions.TouchAsync(sid));
        Assert.Null(await Sessions.RotateAsync(sid));
        Assert.Null(await Sessions.SetExpiryAsync(sid, new SessionExpiry { ExpiresIn = TimeSpan.FromMinutes(1) }));
        Assert.Null(await Sessions.RevokeAsync(sid));
        Assert.Null(await Sessions.GetDataAsync(sid));
        Assert.Equal(ContentWriteOutcome.NotFound, (await Sessions.ReplaceDataAsync(sid, [])).Outcome);
        Assert.Equal(ContentWriteOutcome.NotFound, (await Sessions.MergeDataAsync(sid, [])).Outcome);
        Assert.Equal(ContentWriteOutcome.NotFound, (await Sessions.ReplaceClaimsAsync(sid, [])).Outcome);
    }

    [Fact]
    public async Task Data_is_replaced_merged_and_guarded_by_its_version()
    {
        var sid = (await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser(), Data = new JsonObject { ["a"] = 1 } })).Sid;
        var read = await Sessions.GetDataAsync(sid);

        var merged = await Sessions.MergeDataAsync(sid, new JsonObject { ["b"] = 2 });
        var late = await Sessions.ReplaceDataAsync(sid, [], ifMatch: read!.ETag);
        var replaced = await Sessions.ReplaceDataAsync(sid, new JsonObject { ["c"] = 3 }, ifMatch: merged.ETag);

        Assert.Equal("""{"a":1,"b":2}""", merged.Content?.Value.GetRawText());
        Assert.Equal((ContentWriteOutcome.ConditionFailed, merged.ETag), (late.Outcome, late.ETag));
        Assert.Equal(ContentWriteOutcome.Written, replaced.Outcome);
        Assert.Equal("""{"c":3}""", (await Sessions.GetDataAsync(sid, ReadConsistency.Strong))?.Value.GetRawText());
    }

    [Fact]
    public async Task Claims_are_replaced()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser(), Claims = new JsonObject { ["role"] = "user" } });

        var written = await Sessions.ReplaceClaimsAsync(issued.Sid, new JsonObject { ["role"] = "admin" });

        Assert.Equal(ContentWriteOutcome.Written, written.Outcome);
        Assert.Equal("admin", (await Sessions.IntrospectAsync(issued.Token)).Session?.Claims?.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Touch_and_expiry_answer_with_the_session()
    {
        var sid = (await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() })).Sid;

        var touched = await Sessions.TouchAsync(sid, "192.0.2.44");
        var shortened = await Sessions.SetExpiryAsync(sid, new SessionExpiry { ExpiresIn = TimeSpan.FromSeconds(90.9), IdleTimeout = TimeSpan.FromSeconds(60) });
        var ended = await Sessions.SetExpiryAsync(sid, new SessionExpiry { ExpiresIn = TimeSpan.Zero });

        Assert.Equal("192.0.2.44", touched?.Device?.LastIpAddress);
        Assert.InRange(shortened!.ExpiresIn, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(90));
        Assert.Equal(TimeSpan.FromSeconds(60), shortened.IdleTimeout);
        Assert.Null(ended);
        Assert.Equal("expiry-set", (await Sessions.GetAsync(sid))?.EndReason);
    }

    [Fact]
    public async Task Rotation_issues_a_new_token_and_ends_the_old_one()
    {
        var user = RunningApi.NewUser();
        var anonymous = await Sessions.CreateAsync(new NewSession { Data = new JsonObject { ["cart"] = 1 } });

        var signedIn = await Sessions.RotateAsync(anonymous.Sid, new Rotation { UserId = user, AssuranceLevel = AssuranceLevel.Aal1, Claims = new JsonObject { ["role"] = "user" } });
        var again = await Sessions.RotateAsync(signedIn!.Sid);

        Assert.Equal(user, signedIn.Session.UserId);
        Assert.Equal(1, signedIn.Session.Data?.GetProperty("cart").GetInt32());
        Assert.Equal(signedIn.Sid, again!.Sid);
        Assert.False((await Sessions.IntrospectAsync(anonymous.Token)).Active);
        Assert.False((await Sessions.IntrospectAsync(signedIn.Token)).Active);
        Assert.True((await Sessions.IntrospectAsync(again.Token)).Active);
    }

    [Fact]
    public async Task A_list_is_whole_whatever_its_pages()
    {
        var user = RunningApi.NewUser();
        var sids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            sids.Add((await Sessions.CreateAsync(new NewSession { UserId = user })).Sid);
        }

        await Sessions.RevokeAsync(sids[0]);

        Assert.Equal(sids[1..].Order(StringComparer.Ordinal), await SidsAsync(user, new SessionListOptions { PageSize = 2 }));
        Assert.Equal(sids[..1], await SidsAsync(user, new SessionListOptions { State = SessionState.Ended }));
        Assert.Equal(sids.Order(StringComparer.Ordinal), await SidsAsync(user, new SessionListOptions { State = null, Consistency = ReadConsistency.Strong }));
        Assert.Equal(4, await Sessions.CountAsync(user));
    }

    [Fact]
    public async Task Sign_out_everywhere_leaves_the_session_that_is_to_stay()
    {
        var user = RunningApi.NewUser();
        var stays = await Sessions.CreateAsync(new NewSession { UserId = user });
        var ends = await Sessions.CreateAsync(new NewSession { UserId = user });

        var revocation = await Sessions.RevokeAllAsync(user, stays.Sid, "lost-device");

        Assert.Equal(1, revocation.Ended);
        Assert.True((await Sessions.IntrospectAsync(stays.Token)).Active);
        Assert.Equal("lost-device", (await Sessions.GetAsync(ends.Sid))?.EndReason);
    }

    [Fact]
    public async Task One_idempotency_key_makes_one_session_and_none_makes_two()
    {
        var user = RunningApi.NewUser();
        var session = new NewSession { UserId = user };

        var first = await Sessions.CreateAsync(session, "sign-in-1");
        var repeated = await Sessions.CreateAsync(session, "sign-in-1");
        await Sessions.CreateAsync(session);
        await Sessions.CreateAsync(session);

        Assert.Equal(first.Token, repeated.Token);
        Assert.Equal(3, await Sessions.CountAsync(user));
    }

    [Fact]
    public async Task A_refusal_names_the_problem_and_the_member()
    {
        var refusal = await Assert.ThrowsAsync<SessionsException>(() => Sessions.CreateAsync(new NewSession { UserId = new string('u', 300) }));

        Assert.Equal((400, "validation"), (refusal.Status, refusal.ProblemType));
        Assert.Contains("#/userId", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal("#/userId", Assert.Single(refusal.Errors).Location);
    }

    [Fact]
    public async Task A_lifetime_beyond_the_policy_is_refused_with_the_longest()
    {
        var session = new NewSession { UserId = RunningApi.NewUser(), IdleTimeout = TimeSpan.FromDays(3000) };
        var refusal = await Assert.ThrowsAsync<SessionsException>(() => Sessions.CreateAsync(session));

        var error = Assert.Single(refusal.Errors);
        Assert.Equal("#/idleTimeoutSeconds", error.Location);
        var longest = TimeSpan.FromSeconds(error.Maximum!.Value); // of a lifetime there is one
        var issued = await Sessions.CreateAsync(session with { IdleTimeout = longest });
        Assert.Equal(longest, issued.Session.IdleTimeout);
    }

    [Fact]
    public async Task A_canceled_call_is_canceled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sessions.GetAsync("ses_any", cancellationToken: source.Token));
    }

    private async Task<List<string>> SidsAsync(string user, SessionListOptions options)
    {
        var sids = new List<string>();
        await foreach (var session in Sessions.ListAsync(user, options))
        {
            sids.Add(session.Sid);
        }

        sids.Sort(StringComparer.Ordinal);
        return sids;
    }
}
