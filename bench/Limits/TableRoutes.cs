using Azure.Data.Tables;
using StackExchange.Redis;

namespace Bench.Limits;

/// <summary>
/// The store calls of each operation of the product through the same official clients, in the same order and as parallel, with rows as wide,
/// and nothing between them: what no implementation of that protocol on these clients can be faster than. Every session has a partition of its own with a head and a session row.
/// </summary>
internal sealed class TableRoutes(TableClient sessions, TableClient due, IDatabase redis)
{
    private const string Renew = "local now = redis.call('GET', KEYS[1]) if now then redis.call('SET', KEYS[1], ARGV[1], 'EX', 600) return 1 end return 0";
    private const string Lease = "if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SET', KEYS[1], ARGV[1], 'PX', 5000) return 1 end return 0";
    private const string Entomb = "redis.call('DEL', KEYS[2]) redis.call('SET', KEYS[1], ARGV[1], 'PX', 600000) return 1";
    private const string Fill = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'EX', 600) return 1 end return 0";
    private static readonly byte[] Tombstone = Sample.Session[..200];

    /// <summary>Validate without a cache: one point read.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        var id = SessionOf(context);
        await FindAsync(id, SampleRows.SessionKeyOf(id), context.RequestAborted);
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Sample.Session);
    }

    /// <summary>Validate with a cold cache: look, lease, point read, fill.</summary>
    public async Task ReadColdAsync(HttpContext context)
    {
        var id = SessionOf(context);
        RedisKey[] key = [Key(id)];
        if (!(await redis.StringGetAsync(key[0])).IsNull || (int)await redis.ScriptEvaluateAsync(Lease, key, ["L" + id]) == 0)
        {
            throw new InvalidDataException($"Session {id} is not cold.");
        }

        await FindAsync(id, SampleRows.SessionKeyOf(id), context.RequestAborted);
        await redis.ScriptEvaluateAsync(Fill, key, ["L" + id, Sample.Session]);
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Sample.Session);
    }

    /// <summary>Create: look for the head and write the due entry, then head and session in one transaction, and drop the user's list.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var id = SessionOf(context);
        var head = sessions.GetEntityIfExistsAsync<TableEntity>(
            SampleRows.PartitionOf(id), SampleRows.HeadKeyOf(id), cancellationToken: context.RequestAborted);
        await due.AddEntityAsync(SampleRows.Due(id), context.RequestAborted);
        await head;
        await sessions.SubmitTransactionAsync(
            [SampleRows.Insert(SampleRows.Head(id, live: 1)), SampleRows.Insert(SampleRows.Session(id))], context.RequestAborted);
        await redis.KeyDeleteAsync(List(id));
        await Answers.WriteAsync(context.Response, StatusCodes.Status201Created, Sample.Session);
    }

    /// <summary>Change of the data: read, conditional merge, replace the cached value.</summary>
    public async Task PatchAsync(HttpContext context)
    {
        var id = SessionOf(context);
        var row = await FindAsync(id, SampleRows.SessionKeyOf(id), context.RequestAborted);
        await sessions.UpdateEntityAsync(SampleRows.Change(id), row.ETag, TableUpdateMode.Merge, context.RequestAborted);
        await redis.ScriptEvaluateAsync(Renew, [Key(id)], [Sample.Session]);
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Sample.Session);
    }

    /// <summary>Revoke: read head and session, change both in one transaction, put a tombstone and drop the user's list in one step.</summary>
    public async Task RevokeAsync(HttpContext context)
    {
        var id = SessionOf(context);
        var head = FindAsync(id, SampleRows.HeadKeyOf(id), context.RequestAborted);
        var session = await FindAsync(id, SampleRows.SessionKeyOf(id), context.RequestAborted);
        await sessions.SubmitTransactionAsync(
            [SampleRows.Replace(SampleRows.Head(id, live: 0), (await head).ETag), SampleRows.Merge(SampleRows.End(id), session.ETag)],
            context.RequestAborted);
        await redis.ScriptEvaluateAsync(Entomb, [Key(id), List(id)], [Tombstone]);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string SessionOf(HttpContext context) => context.Request.Headers.Authorization.ToString()["Bearer ".Length..];

    private static string Key(string id) => "limits:session:{" + id + "}";

    private static string List(string id) => "limits:user:{" + id + "}";

    private async Task<TableEntity> FindAsync(string id, string rowKey, CancellationToken cancellationToken) =>
        await sessions.GetEntityAsync<TableEntity>(SampleRows.PartitionOf(id), rowKey, cancellationToken: cancellationToken);
}
