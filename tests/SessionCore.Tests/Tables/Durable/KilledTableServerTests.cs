using SessionCore.Tables;

namespace SessionCore.Tests.Tables.Durable;

/// <summary>What our table server keeps when it is killed, which Azurite does not.</summary>
public sealed class KilledTableServerTests(RunningTableServer server) : IClassFixture<RunningTableServer>
{
    private const int Writers = 8;
    private const int Kills = 3;

    [Fact]
    public async Task No_acknowledged_write_is_lost_however_often_the_server_is_killed()
    {
        var table = server.Table("killed");
        await table.EnsureExistsAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var enough = new SemaphoreSlim(0);
        var writers = Enumerable.Range(0, Writers).Select(number => WriteAsync(table, number, () =>
        {
            if (Interlocked.Increment(ref acknowledged) % 100 == 0)
            {
                enough.Release();
            }
        }, stop.Token)).ToArray();

        for (var i = 0; i < Kills; i++)
        {
            await enough.WaitAsync(CancellationToken.None);
            await server.Process.KillAsync();
            await server.Process.RestartAsync(CancellationToken.None);
        }

        await stop.CancelAsync();
        var last = await Task.WhenAll(writers);

        for (var number = 0; number < Writers; number++)
        {
            var row = await table.FindAsync("p", $"{number}", CancellationToken.None);
            var found = row?.GetInt64("n");

            // A write in flight when the server died may have been applied.
            Assert.True(found == last[number] || found == last[number] + 1, $"writer {number}: {last[number]} acknowledged, {found} found");
        }
    }

    [Fact]
    public async Task A_tag_from_before_a_crash_still_counts_and_none_is_given_twice()
    {
        var table = server.Table("tags");
        await table.EnsureExistsAsync(CancellationToken.None);
        var first = await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);

        await server.Process.KillAsync();
        await server.Process.RestartAsync(CancellationToken.None);
        var second = await table.WriteAsync(TableWrite.Merge(new TableRow("p", "r").Set("n", 1), first.ETag!), CancellationToken.None); // written, so it has a tag
        var stale = await table.WriteAsync(TableWrite.Merge(new TableRow("p", "r").Set("n", 2), first.ETag!), CancellationToken.None); // as above

        Assert.True(second.IsWritten);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(TableOutcome.Conflict, stale.Outcome);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_in_the_middle_is_no_write()
    {
        var table = server.Table("torn");
        await table.EnsureExistsAsync(CancellationToken.None);
        await table.WriteAsync(TableWrite.Insert(new TableRow("p", "whole")), CancellationToken.None);
        await server.Process.KillAsync();
        await File.AppendAllTextAsync(server.Process.Log, """{"at":1,"table":"torn","writes":[{"kind":"Ins""");

        await server.Process.RestartAsync(CancellationToken.None);
        await table.WriteAsync(TableWrite.Insert(new TableRow("p", "after")), CancellationToken.None);
        await server.Process.KillAsync();
        await server.Process.RestartAsync(CancellationToken.None);

        var page = await table.QueryAsync(new TableQuery(), CancellationToken.None);
        Assert.Equal(["after", "whole"], page.Rows.Select(row => row.RowKey));
    }

    // Counts up in a row of its own, and gives the last number that was acknowledged.
    private static async Task<long> WriteAsync(ITable table, int number, Action acknowledged, CancellationToken stop)
    {
        var last = 0L;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var row = await table.FindAsync("p", $"{number}", CancellationToken.None);
                var next = (row?.GetInt64("n") ?? 0) + 1;
                var changed = new TableRow("p", $"{number}").Set("n", next);
                var write = row?.ETag is { } etag ? TableWrite.Replace(changed, etag) : TableWrite.Insert(changed);
                if ((await table.WriteAsync(write, CancellationToken.None)).IsWritten)
                {
                    last = next;
                    acknowledged();
                }
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }

        return last;
    }
}
