using StackExchange.Redis;

namespace Bench.Limits;

/// <summary>The limits of the hot path: nothing, a look-up in this process, one Redis read passed through.</summary>
internal sealed class CacheRoutes(IDatabase redis)
{
    private const int Sessions = 1000;
    private readonly Dictionary<string, byte[]> _sessions = Keys().ToDictionary(key => key, _ => Sample.Session, StringComparer.Ordinal);

    public static Task AnswerStaticAsync(HttpContext context) => Answers.WriteAsync(context.Response, StatusCodes.Status200OK, Sample.Static);

    /// <summary>Puts what the routes read where they read it.</summary>
    public Task SeedAsync() => redis.StringSetAsync([.. Keys().Select(key => KeyValuePair.Create((RedisKey)key, (RedisValue)Sample.Session))]);

    public Task AnswerFromDictionaryAsync(HttpContext context)
        => Answers.WriteAsync(context.Response, StatusCodes.Status200OK, _sessions.GetValueOrDefault(context.Request.Headers.Authorization.ToString()));

    public async Task AnswerFromRedisAsync(HttpContext context)
    {
        byte[]? json = await redis.StringGetAsync(context.Request.Headers.Authorization.ToString());
        await Answers.WriteAsync(context.Response, StatusCodes.Status200OK, json);
    }

    private static IEnumerable<string> Keys() => Enumerable.Range(0, Sessions).Select(number => $"Bearer limits:{number:D6}");
}
