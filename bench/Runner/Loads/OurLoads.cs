using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Loads;

/// <summary>The work of the product.</summary>
internal sealed class OurLoads(BenchServer maker, OurRequests requests)
{
    public const string Introspect = "ours: introspect";
    public const string IntrospectTouch = "ours: introspect with touch";
    public const string WhoAmI = "ours: who am I";
    public const string Malformed = "ours: malformed token";
    public const string Forged = "ours: forged token";
    public const string ColdIntrospect = "ours: introspect, cold";
    public const string Create = "ours: create";
    public const string Patch = "ours: PATCH data";
    public const string Rotate = "ours: rotate";
    public const string Revoke = "ours: revoke";
    private const int HotSessions = 1000;
    private IReadOnlyList<OurSession>? _hot;

    /// <summary>Gets what makes the sessions that the work is done on.</summary>
    public OurSessions Sessions { get; } = new(maker, requests);

    public Contender DoIntrospect(string name, BenchServer server) => Hot(name, server, session => requests.Introspect(session.Token, touch: false));

    public Contender DoIntrospectTouch(BenchServer server) => Hot(IntrospectTouch, server, session => requests.Introspect(session.Token, touch: true));

    public Contender DoWhoAmI(BenchServer server) => Hot(WhoAmI, server, session => OurRequests.WhoAmI(session.Token));

    public Contender DoMalformed(BenchServer server) => Hot(Malformed, server, session => requests.Introspect(session.Token[..^1], touch: true));

    public Contender DoForged(BenchServer server) => Hot(Forged, server, session => requests.Introspect(OurRequests.Forge(session.Token), touch: true));

    public Contender DoCreate(BenchServer server) => new(Create, server, (_, _) => Task.FromResult(
        new ContenderLoad(_ => requests.Create(Sessions.NextUser()), 201)));

    public Contender DoIntrospectCold(BenchServer server, int sessions)
        => Once(ColdIntrospect, server, sessions, session => requests.Introspect(session.Token, touch: false), 200);

    public Contender DoPatch(BenchServer server, int sessions) => Once(Patch, server, sessions, session => requests.Patch(session.Sid), 200);

    public Contender DoRotate(BenchServer server, int sessions) => Once(Rotate, server, sessions, session => requests.Rotate(session.Sid), 200);

    public Contender DoRevoke(BenchServer server, int sessions) => Once(Revoke, server, sessions, session => requests.Revoke(session.Sid), 204);

    public Contender DoList(string name, BenchServer server, IReadOnlyList<long> users)
    {
        byte[][] list = [.. users.Select(user => requests.List(user, pageSize: 100))];
        return new Contender(name, server, (_, _) => Task.FromResult(ContenderLoad.Repeat(list)));
    }

    /// <summary>Signs users out of as many sessions each, every user once.</summary>
    public Contender DoSignOut(string name, BenchServer server, int users, int sessionsEach) => new(name, server, async (_, token) =>
        ContenderLoad.Once([.. (await Sessions.CreateUsersAsync(users, sessionsEach, token)).Select(requests.SignOutEverywhere)]));

    private Contender Hot(string name, BenchServer server, Func<OurSession, byte[]> render)
    {
        IReadOnlyList<byte[]>? rendered = null;
        return new Contender(name, server, async (_, token) =>
        {
            _hot ??= await Sessions.CreateAsync(HotSessions, token);
            return ContenderLoad.Repeat(rendered ??= [.. _hot.Select(render)]);
        });
    }

    private Contender Once(string name, BenchServer server, int count, Func<OurSession, byte[]> render, int status)
        => new(name, server, async (_, token) => ContenderLoad.Once([.. (await Sessions.CreateAsync(count, token)).Select(render)], status));
}
