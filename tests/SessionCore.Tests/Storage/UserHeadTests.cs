using SessionCore.Protection;
using SessionCore.Storage;
using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Storage;

/// <summary>Recently ended sessions in a head.</summary>
public sealed class UserHeadTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_latest_end_that_has_no_room_is_kept_whatever_clock_it_was_written_by()
    {
        // An instance whose clock is two seconds ahead fills the head; one with the right clock continues.
        var full = Ended(UserHead.None(1, "alice"), UserHead.MaxLately + 1, Now.AddSeconds(2));

        var next = Ended(full, UserHead.MaxLately, Now);
        var last = next.Ended([(UInt128)9_999], Now, Now.AddMinutes(-1));

        Assert.Equal(UserHead.MaxLately, last.Lately.Count);
        Assert.Equal(Now.AddSeconds(2), last.LeftOut);
    }

    [Fact]
    public void What_ended_before_the_instant_asked_for_is_forgotten()
    {
        var head = Ended(UserHead.None(1, "alice"), UserHead.MaxLately + 1, Now);

        var later = head.Ended([(UInt128)9_999], Now.AddMinutes(5), Now.AddMinutes(4));

        Assert.Equal([(UInt128)9_999], later.Lately.Select(end => end.Id));
        Assert.Null(later.LeftOut);
    }

    [Fact]
    public void A_head_is_idle_when_it_names_nothing_that_counts()
    {
        var head = UserHead.None(1, "alice").With(5).Ended([5], Now, Now);

        Assert.False(head.IsIdle(Now));
        Assert.True(head.IsIdle(Now.AddTicks(1)));
        Assert.False(head.With(6).IsIdle(Now.AddTicks(1)));
    }

    [Fact]
    public async Task A_head_that_is_written_anew_drops_what_somebody_put_into_it()
    {
        var tags = TagsOf.Ring(KeyRing.Random());
        var table = new InMemoryTable();
        var planted = UserHead.None(1, userId: null).With(5).ToRow(tags).Set("user", "mallory");
        var tag = (await table.WriteAsync(TableWrite.Insert(planted), CancellationToken.None)).ETag!; // of what was inserted

        await table.WriteAsync(UserHead.Rebuilt(1, tag, [], Now).ToWrite(tags), CancellationToken.None);

        var row = await table.FindAsync(planted.PartitionKey, planted.RowKey, CancellationToken.None) ?? throw new InvalidOperationException("The head is gone.");
        var head = UserHead.Read(1, row) ?? throw new InvalidOperationException("The head is malformed.");
        Assert.Equal(Opening.Opened, tags.Check(head.ToFacts(), row.GetBinary(RowTags.Name), out _));
        Assert.Null(head.UserId);
    }

    private static UserHead Ended(UserHead head, int count, DateTimeOffset at)
    {
        for (var i = 0; i < count; i++)
        {
            head = head.Ended([(UInt128)i], at, at.AddMinutes(-1));
        }

        return head;
    }
}
