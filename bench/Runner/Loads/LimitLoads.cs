using System.Globalization;
using Bench.Driver;
using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Loads;

/// <summary>The work of the limits. Sessions are numbers that the driver gives, so nothing has to be gathered.</summary>
internal sealed class LimitLoads(BenchServer limits)
{
    public const string Static = "static answer";
    public const string Dictionary = "dictionary";
    public const string Redis = "one Redis read";
    public const string TableRead = "raw table read";
    public const string ColdRead = "raw cold read";
    public const string RawCreate = "raw create";
    public const string RawPatch = "raw patch";
    public const string RawRevoke = "raw revoke";
    private const int HotSessions = 1000;

    // Numbers of sessions are never used twice over the whole run: create must find nothing.
    private long _created;

    public Contender AnswerStatic() => Hot(Static, "/static");

    public Contender AnswerFromDictionary() => Hot(Dictionary, "/dictionary");

    public Contender AnswerFromRedis() => Hot(Redis, "/redis");

    public Contender ReadTable()
    {
        IReadOnlyList<byte[]>? requests = null;
        return new Contender(TableRead, limits, async (_, token) =>
            ContenderLoad.Repeat(requests ??= Render("GET", "/table/read", await CreateSomeAsync(HotSessions, token))));
    }

    /// <summary>Reads every session once, so that it is cold.</summary>
    public Contender ReadCold(int sessions) => new(ColdRead, limits, async (_, token) =>
        ContenderLoad.Once(Render("GET", "/table/cold", await CreateSomeAsync(sessions, token))));

    public Contender Create() => new(RawCreate, limits, (_, _) => Task.FromResult(
        new ContenderLoad(_ => Request("POST", "/table/create", Name(_created++)), 201)));

    /// <summary>A session is changed by one request at a time: the raw calls know no retry.</summary>
    public Contender Patch(int sessions)
    {
        IReadOnlyList<byte[]>? requests = null;
        return new Contender(RawPatch, limits, async (_, token) =>
            ContenderLoad.Once(requests ??= Render("PATCH", "/table/patch", await CreateSomeAsync(sessions, token))));
    }

    public Contender Revoke(int sessions) => new(RawRevoke, limits, async (_, token) =>
        ContenderLoad.Once(Render("DELETE", "/table/revoke", await CreateSomeAsync(sessions, token)), 204));

    private static string Name(long number) => number.ToString("D8", CultureInfo.InvariantCulture);

    private static byte[] Request(string method, string path, string name) => HttpRequestBytes.Render(method, path, ["Authorization: Bearer " + name]);

    private static byte[][] Render(string method, string path, IEnumerable<string> names) => [.. names.Select(name => Request(method, path, name))];

    private Contender Hot(string name, string path)
    {
        var requests = Render("GET", path, Enumerable.Range(0, HotSessions).Select(number => $"limits:{number:D6}"));
        return new Contender(name, limits, (_, _) => Task.FromResult(ContenderLoad.Repeat(requests)));
    }

    private async Task<IReadOnlyList<string>> CreateSomeAsync(int count, CancellationToken cancellationToken)
    {
        var first = _created;
        _created += count;
        await Arena.DriveAsync(
            new LoadPlan
            {
                Endpoint = limits.Endpoint,
                Requests = index => index < count ? Request("POST", "/table/create", Name(first + index)) : default(ReadOnlyMemory<byte>),
                Expected = [201],
                WarmUp = TimeSpan.Zero,
                Window = TimeSpan.FromMinutes(5),
            },
            cancellationToken);
        return [.. Enumerable.Range(0, count).Select(index => Name(first + index))];
    }
}
