using System.Globalization;

namespace HttpTests;

/// <summary>What an operator mistypes gets a problem that says so; nothing ends, nothing runs.</summary>
public sealed class BadOperatorInputTests(RunningHost host) : HttpSuite(host)
{
    public static TheoryData<string> BadInstants =>
    [
        "", "{", "null", "[]", "{}", """{"instant":null}""", """{"instant":7}""", """{"instant":""}""", """{"instant":"now"}""",
        """{"instant":"2026-02-30T00:00:00Z"}""", """{"instant":"2026-01-01"}""", """{"instant":"2026-01-01T00:00:00"}""",
        """{"instant":"2026-01-01T00:00:00+99:00"}""", """{"instant":"0001-01-01T00:00:00+14:00"}""", """{"instant":"9999-12-31T23:59:59-14:00"}""",
        """{"instant":"1969-12-31T23:59:59Z"}""", """{"instant":"99999-01-01T00:00:00Z"}""", """{"instant":"2020-01-01T00:00:00Z","instant":"2020-01-01T00:00:00Z"}""",
        """{"instant":"2020-01-01T00:00:00Z","also":1}""",
    ];

    [Theory]
    [MemberData(nameof(BadInstants))]
    public async Task A_bad_instant_is_a_problem_and_ends_nothing(string body)
    {
        var (_, token) = await Api.CreateAsync(NewUser());

        var answer = await Api.OperatorAsync("POST", "/v1/operations/revoke-before", body);

        Assert.Equal(400, (int)answer.Status);
        Assert.NotNull(answer.Problem);
        var strong = await Api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}", ("Session-Consistency", "strong"));
        Assert.True(strong.Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task An_instant_to_come_is_refused_because_it_could_never_be_taken_back()
    {
        var ahead = TimeProvider.System.GetUtcNow().AddMinutes(5).ToString("O", CultureInfo.InvariantCulture);

        Assert.Equal(400, (int)(await Api.OperatorAsync("POST", "/v1/operations/revoke-before", $"{{\"instant\":\"{ahead}\"}}")).Status);
    }

    [Theory]
    [InlineData("/v1/operations/purge")]
    [InlineData("/v1/operations/rebuild-indexes")]
    [InlineData("/v1/operations/replay-events")]
    public async Task An_operation_without_a_body_refuses_one(string path) =>
        Assert.Equal(400, (int)(await Api.OperatorAsync("POST", path, "{\"force\":true}")).Status);
}
