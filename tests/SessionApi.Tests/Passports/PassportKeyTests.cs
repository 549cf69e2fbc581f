using static SessionApi.Tests.Passports.PassportSetup;

namespace SessionApi.Tests.Passports;

/// <summary>The published keys, and their rotation.</summary>
public sealed class PassportKeyTests
{
    [Fact]
    public async Task The_keys_are_public_and_may_be_cached_for_five_minutes()
    {
        await using var api = new ApiFixture(Settings());

        var answer = await api.SendRawAsync("GET", "/api/v1/passport-keys", json: null);

        Assert.Equal((200, "public, max-age=300"), (answer.Status, answer.Header("Cache-Control")));
        Assert.Equal(304, (await api.SendRawAsync("GET", "/api/v1/passport-keys", json: null, ("If-None-Match", answer.Header("ETag")!))).Status);
        var key = Assert.Single(answer.Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(["kty", "use", "alg", "crv", "kid", "x", "y"], key.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task No_private_key_is_published()
    {
        await using var api = new ApiFixture(Settings());

        var answer = await api.SendRawAsync("GET", "/api/v1/passport-keys", json: null);

        Assert.DoesNotContain("\"d\"", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>The drill of docs/operations.md: at each step every instance's passports verify with the keys of every other.</summary>
    [Fact]
    public async Task A_rotation_leaves_no_moment_at_which_a_passport_has_no_published_key()
    {
        var steps = new[]
        {
            Settings(),
            Settings(("Passports:Keys:1:Key", SecondKey), ("Passports:Keys:1:State", "Read")),
            Settings(("Passports:Keys:0:State", "Read"), ("Passports:Keys:1:Key", SecondKey), ("Passports:Keys:1:State", "Active")),
            Settings(("Passports:Keys:0:Key", SecondKey)),
        };
        for (var step = 1; step < steps.Length; step++)
        {
            await using var before = new ApiFixture(steps[step - 1]);
            await using var after = new ApiFixture(steps[step]);
            foreach (var (issuing, publishing) in new[] { (before, after), (after, before), (after, after) })
            {
                // The last step waits until the last passport of the first key has expired; until then both are published.
                if (step == 3 && issuing == before)
                {
                    continue;
                }

                var passport = await IssueAsync(issuing);
                var keys = (await publishing.SendRawAsync("GET", "/api/v1/passport-keys", json: null)).Json.GetProperty("keys").EnumerateArray();
                var kid = Header(passport).GetProperty("kid").GetString();
                Assert.True(IsSignedBy(passport, Assert.Single(keys, key => key.GetProperty("kid").GetString() == kid)));
            }
        }
    }

    [Fact]
    public async Task Two_keys_have_two_ids_and_the_tag_tells_them_apart()
    {
        await using var first = new ApiFixture(Settings());
        await using var both = new ApiFixture(Settings(("Passports:Keys:1:Key", SecondKey)));

        var one = await first.SendRawAsync("GET", "/api/v1/passport-keys", json: null);
        var two = await both.SendRawAsync("GET", "/api/v1/passport-keys", json: null);

        Assert.Equal(2, two.Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()).Distinct().Count());
        Assert.NotEqual(one.Header("ETag"), two.Header("ETag"));
    }

    private static async Task<string> IssueAsync(ApiFixture api)
    {
        var (_, token) = await api.CreateAsync();
        return (await api.SendAsUserAsync(token, "POST", "/api/v1/session/passport", """{"audience":"orders"}""")).Text("token");
    }
}
