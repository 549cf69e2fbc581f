namespace Repository.Tests.Feed;

/// <summary>The probe before a restore, on feeds of our own.</summary>
public sealed class FeedProbeTests
{
    private static readonly string[] Everything =
    [
        "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk", "Microsoft.Azure.Functions.Worker.Extensions.Http",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore", "Microsoft.Azure.Functions.Worker.Extensions.Timer",
        "Azure.Data.Tables", "Microsoft.Extensions.Caching.StackExchangeRedis", "StackExchange.Redis",
    ];

    [Fact]
    public async Task A_feed_that_has_everything_leaves_nothing_out()
    {
        using var clone = new CloneWithFeed(Everything);

        var said = await clone.RestoreAsync();

        Assert.DoesNotContain("Left out", said, StringComparison.Ordinal);
        Assert.Equal(new ProjectAnswers("true", "true", "true"), await clone.EvaluateAsync());
    }

    [Fact]
    public async Task Each_part_is_asked_for_by_itself_and_the_same_restore_follows_the_answer()
    {
        using var clone = new CloneWithFeed(["Azure.Data.Tables"]);

        await clone.RestoreAsync();

        Assert.Equal(new ProjectAnswers("false", "true", "false"), await clone.EvaluateAsync());
        Assert.Contains("\"Azure.Data.Tables/", clone.RestoredPackages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_feed_leaves_all_three_parts_out_and_says_why()
    {
        using var clone = new CloneWithFeed([]);

        var said = await clone.RestoreAsync();

        Assert.Contains("The feed has no package Microsoft.Azure.Functions.Worker", said, StringComparison.Ordinal);
        Assert.Contains("The feed has no package Azure.Data.Tables.", said, StringComparison.Ordinal);
        Assert.Contains("StackExchange.Redis 2.x (1.2.6 takes its place)", said, StringComparison.Ordinal);
        Assert.Equal(new ProjectAnswers("false", "false", "false"), await clone.EvaluateAsync());
    }

    [Fact]
    public async Task An_answer_is_kept_and_not_asked_for_again()
    {
        using var clone = new CloneWithFeed(Everything);
        await clone.RestoreAsync();
        clone.EmptyTheFeed();

        var said = await clone.RestoreAsync();

        Assert.DoesNotContain("Left out", said, StringComparison.Ordinal);
        Assert.Equal(new ProjectAnswers("true", "true", "true"), await clone.EvaluateAsync());
    }

    [Fact]
    public async Task What_is_set_by_hand_wins_over_the_answer()
    {
        using var clone = new CloneWithFeed([]);
        await clone.RestoreAsync();

        Assert.Equal(new ProjectAnswers("true", "false", "false"), await clone.EvaluateAsync("-p:HasFunctionsWorker=true"));
    }

    [Fact]
    public async Task Before_any_answer_nothing_is_there()
    {
        using var clone = new CloneWithFeed(Everything);

        Assert.Equal(new ProjectAnswers("false", "false", "false"), await clone.EvaluateAsync());
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_gives_no_answer_to_keep()
    {
        using var clone = new CloneWithFeed([]);
        clone.PointAtADeadFeed();

        var said = await clone.RestoreAsync();

        Assert.Contains("No answer from the package feed about FunctionsWorker", said, StringComparison.Ordinal);
        Assert.Empty(clone.KeptAnswers);
    }
}
