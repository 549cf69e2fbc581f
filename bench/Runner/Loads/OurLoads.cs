using Bench.Runner.Contests;
using Bench.Runner.Probes;
using Bench.Runner.Servers;

namespace Bench.Runner.Loads;

/// <summary>The work of the product.</summary>
internal sealed class OurLoads(BenchServer maker, OurRequests requests)
{
    public const string Introspect = "ours: introspect";
    public const string IntrospectTouch = "ours: introspect with touch";
    public const string EmptyFunction = "empty function";
    public const string OneReadFunction = "function with one Redis read";
    public const string WhoAmI = "ours: who am I";
    public const string Malformed = "ours: malformed token";
    public const string Forged = "ours: forged token";
    public const string ColdIntrospect = "ours: introspect, cold";
    public const string Create = "ours: create";
    public const string Patch = "ours: PATCH data";
    public const string PutData = "ours: PUT data";
    public const string KeyedRead = "ours: keyed GET";
    public const string KeyedSave = "ours: keyed PUT";
    public const string Rotate = "ours: rotate";
    public const string Revoke = "ours: revoke";
    public const string Touch = "ours: touch that is written";
    public const string List = "ours: list 20, no cache";
    private const int HotSessions = 1000;
    private const int SessionsOfList = 20;
    private const int PassportsOfRound = 100;
    private IReadOnlyList<OurSession>? _hot;

    /// <summary>Gets the factory of the sessions used by the work.</summary>
    public OurSessions Sessions { get; } = new(maker, requests);

    /// <summary>The same work on another server's tables.</summary>
    public OurLoads On(BenchServer server) => new(server, requests);

    public Contender DoIntrospect(string name, BenchServer server) => Hot(name, server, session => requests.Introspect(session.Token, touch: false));

    public Contender DoIssuePassport(string name, BenchServer server) => Hot(name, server, session => requests.IssuePassport(session.Token));

    /// <summary>Counts as activity, which is written only when it is due.</summary>
    public Contender DoIntrospectTouch(string name, BenchServer server) => Hot(name, server, session => requests.Introspect(session.Token, touch: true));

    public Contender DoNothing(BenchServer server) => Hot(EmptyFunction, server, session => requests.LeastFunction("empty", session.Token));

    public Contender ReadOnce(BenchServer server) => Hot(OneReadFunction, server, session => requests.LeastFunction("one-read", session.Token));

    public Contender DoWhoAmI(BenchServer server) => Hot(WhoAmI, server, session => OurRequests.WhoAmI(session.Token));

    public Contender DoMalformed(BenchServer server) => Hot(Malformed, server, session => requests.Introspect(session.Token[..^1], touch: true));

    public Contender DoForged(BenchServer server) => Hot(Forged, server, session => requests.Introspect(OurRequests.Forge(session.Token), touch: true));

    public Contender DoCreate(BenchServer server) => new(Create, server, (_, _) => Task.FromResult(
        new ContenderLoad(_ => requests.Create(Sessions.NextUser()), 201)));

    public Contender DoIntrospectCold(BenchServer server, int sessions)
        => Once(ColdIntrospect, server, sessions, session => requests.Introspect(session.Token, touch: false), 200);

    public Contender DoPatch(BenchServer server, int sessions) => OnceARound(
        Patch, server, async token => [.. (await Sessions.CreateAsync(sessions, token)).Select(session => requests.Patch(session.Sid))]);

    public Contender DoPutData(BenchServer server, int sessions) => OnceARound(
        PutData, server, async token => [.. (await Sessions.CreateAsync(sessions, token)).Select(session => requests.PutData(session.Sid))]);

    /// <summary>Saves under keys that have a session.</summary>
    public Contender DoSaveKeyed(BenchServer server, int sessions) => OnceARound(
        KeyedSave, server, async token => [.. (await Sessions.CreateKeyedAsync(sessions, token)).Select(requests.SaveKeyed)]);

    public Contender DoReadKeyed(BenchServer server)
    {
        IReadOnlyList<byte[]>? reads = null;
        return new Contender(KeyedRead, server, async (_, token) =>
            ContenderLoad.Repeat(reads ??= [.. (await Sessions.CreateKeyedAsync(HotSessions, token)).Select(requests.ReadKeyed)]));
    }

    public Contender DoRotate(BenchServer server, int sessions) => Once(Rotate, server, sessions, session => requests.Rotate(session.Sid), 200);

    public Contender DoRevoke(BenchServer server, int sessions) => Once(Revoke, server, sessions, session => requests.Revoke(session.Sid), 204);

    /// <summary>Touches sessions that were created ten minutes ago, each once, so that each touch is written.</summary>
    public Contender DoTouch(BenchServer server, SeededTables seeded, int sessions) => new(Touch, server, async (round, token) =>
        ContenderLoad.Once([.. (await seeded.CreateAsync($"touched-{round}", sessions, TimeSpan.FromMinutes(10), token)).Select(session => requests.Touch(session.Sid))]));

    /// <summary>Lists users of 20 sessions each; on a server without a cache, so that the table is read every time.</summary>
    public Contender DoList(BenchServer server, int users)
    {
        IReadOnlyList<byte[]>? lists = null;
        return new Contender(List, server, async (_, token) =>
            ContenderLoad.Repeat(lists ??= [.. (await Sessions.CreateUsersAsync(users, SessionsOfList, token)).Select(user => requests.List(user, pageSize: 100))]));
    }

    /// <summary>Signs users out of as many sessions each, every user once.</summary>
    public Contender DoSignOut(string name, BenchServer server, int users, int sessionsEach) => new(name, server, async (_, token) =>
        ContenderLoad.Once([.. (await Sessions.CreateUsersAsync(users, sessionsEach, token)).Select(requests.SignOutEverywhere)]));

    /// <summary>Presents passports to an application, obtained anew for each round: they live for minutes.</summary>
    public Contender DoPresentPassport(BenchServer application) => new(application.Name, application, async (_, token) =>
        ContenderLoad.Repeat([.. (await Sessions.CreateWithPassportsAsync(PassportsOfRound, token)).Select(static issued => OurRequests.PresentPassport(issued.Passport))]));

    private Contender Hot(string name, BenchServer server, Func<OurSession, byte[]> render)
    {
        IReadOnlyList<byte[]>? rendered = null;
        return new Contender(name, server, async (_, token) =>
        {
            _hot ??= await Sessions.CreateAsync(HotSessions, token);
            return ContenderLoad.Repeat(rendered ??= [.. _hot.Select(render)]);
        });
    }

    // Changes use no session up, so all rounds have the same ones: more rows would slow Azurite from round to round.
    private static Contender OnceARound(string name, BenchServer server, Func<CancellationToken, Task<IReadOnlyList<byte[]>>> renderAsync)
    {
        IReadOnlyList<byte[]>? rendered = null;
        return new Contender(name, server, async (_, token) => ContenderLoad.Once(rendered ??= await renderAsync(token)));
    }

    private Contender Once(string name, BenchServer server, int count, Func<OurSession, byte[]> render, int status)
        => new(name, server, async (_, token) => ContenderLoad.Once([.. (await Sessions.CreateAsync(count, token)).Select(render)], status));
}
