namespace HttpTests;

/// <summary>Session-Consistency: max-age=N over HTTP.</summary>
public sealed class BoundedAgeTests(RunningHost host) : HttpSuite(host)
{
    [Theory]
    [InlineData("strong", "table")]
    [InlineData("max-age=0", "table")]
    [InlineData("max-age=30", "cache")]
    [InlineData("cached", "cache")]
    public async Task A_read_says_how_old_its_answer_is(string consistency, string source)
    {
        var (sid, _) = await Api.CreateAsync(NewUser());
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await Api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Header("Session-Source") == "cache")
            {
                break;
            }
        }

        var answer = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}", body: null, ("Session-Consistency", consistency));

        Assert.Equal((200, source), ((int)answer.Status, answer.Header("Session-Source")));
        Assert.InRange(int.Parse(answer.Header("Session-Age")!, System.Globalization.CultureInfo.InvariantCulture), 0, source == "table" ? 0 : 30);
    }

    [Fact]
    public async Task An_entry_that_is_too_old_is_read_anew()
    {
        var (sid, _) = await Api.CreateAsync(NewUser());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        // Without a bound the answer comes from the cache at an age beyond a second; with one it does not.
        string? age;
        do
        {
            Assert.False(limit.IsCancellationRequested, "The cache never answered at an age of more than a second.");
            age = (await Api.ServiceAsync("GET", $"/v1/sessions/{sid}", body: null, ("Session-Consistency", "cached"))).Header("Session-Age");
        }
        while (age is null or "0" or "1");

        var bounded = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}", body: null, ("Session-Consistency", "max-age=1"));
        Assert.Equal(("table", "0"), (bounded.Header("Session-Source"), bounded.Header("Session-Age")));
    }

    [Theory]
    [InlineData("max-age=-1")]
    [InlineData("max-age=1.5")]
    [InlineData("max-age=1, strong")]
    public async Task A_bad_value_is_400(string value)
    {
        var (sid, _) = await Api.CreateAsync(NewUser());
        var answer = await Api.ServiceAsync("GET", $"/v1/sessions/{sid}", body: null, ("Session-Consistency", value));
        Assert.Equal((400, "validation"), ((int)answer.Status, answer.Problem));
    }
}
