namespace Repository.Tests.Feed;

/// <summary>The probe before a restore, on feeds of our own.</summary>
public sealed class FeedProbeTests
{
    private static readonly string[] Everything = [.. CloneWithFeed.Probes.Keys];

    [Fact]
    public async Task A_feed_that_has_everything_leaves_nothing_out_and_is_not_asked_twice()
    {
        using var clone = new CloneWithFeed(Everything);

        Assert.DoesNotContain("Left out", await clone.RestoreAsync(), StringComparison.Ordinal);
        Assert.Equal(Everything, await clone.EvaluateAsync());

        clone.EmptyTheFeed();
        Assert.DoesNotContain("Left out", await clone.RestoreAsync(), StringComparison.Ordinal);
        Assert.Equal(Everything, await clone.EvaluateAsync());
    }

    [Fact]
    public async Task An_empty_feed_leaves_all_parts_out_and_says_why()
    {
        using var clone = new CloneWithFeed();

        var said = await clone.RestoreAsync();

        Assert.Contains("The feed has no package Microsoft.Azure.Functions.Worker", said, StringComparison.Ordinal);
        Assert.Contains("The feed has no package Azure.Data.Tables.", said, StringComparison.Ordinal);
        Assert.Contains("StackExchange.Redis 2.x (1.2.6 takes its place)", said, StringComparison.Ordinal);
        Assert.Equal(Everything.Length, said.Split("Left out: ").Length - 1);
        Assert.Empty(await clone.EvaluateAsync());
    }

    [Fact]
    public async Task Each_part_is_asked_for_by_itself_and_the_same_restore_follows_the_answer()
    {
        using var clone = new CloneWithFeed("AzureDataTables");

        await clone.RestoreAsync();

        Assert.Equal(["AzureDataTables"], await clone.EvaluateAsync());
        Assert.Contains("\"Azure.Data.Tables/", clone.RestoredPackages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_has_a_later_version_only_does_not_have_the_part()
    {
        using var clone = new CloneWithFeed([.. Everything.Where(probe => probe != "AzureDataTables")]);
        clone.Pack("Azure.Data.Tables", "99.0.0");

        var said = await clone.RestoreAsync();

        Assert.Contains("The feed has no Azure.Data.Tables 1", said, StringComparison.Ordinal);
        Assert.DoesNotContain("AzureDataTables", await clone.EvaluateAsync());
        Assert.Equal(Everything.Length - 1, (await clone.EvaluateAsync()).Count);
    }

    [Fact]
    public async Task Before_any_answer_nothing_is_there_and_what_is_set_by_hand_wins()
    {
        using var clone = new CloneWithFeed(Everything);

        Assert.Empty(await clone.EvaluateAsync());
        Assert.Equal(["FunctionsWorker"], await clone.EvaluateAsync("-p:HasFunctionsWorker=true"));
    }

    [Fact]
    public async Task What_is_set_by_hand_wins_over_the_answer()
    {
        using var clone = new CloneWithFeed(Everything);
        await clone.RestoreAsync();

        Assert.DoesNotContain("AzureDataTables", await clone.EvaluateAsync("-p:HasAzureDataTables=false"));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_gives_no_answer_to_keep()
    {
        using var clone = new CloneWithFeed();
        clone.PointAtADeadFeed();

        var said = await clone.RestoreAsync();

        Assert.Contains("No answer from the package feed about FunctionsWorker", said, StringComparison.Ordinal);
        Assert.Empty(clone.KeptAnswers);
    }
}
