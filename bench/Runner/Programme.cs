using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Probes;
using Bench.Runner.Servers;

namespace Bench.Runner;

/// <summary>The contests of a run. In each the anchor is named first.</summary>
internal sealed class Programme(BenchOptions options, LimitLoads limits, IReadOnlyList<BenchServer> peers, OurLoads ours, OurField field, IReadOnlyList<BenchServer> others, SeededTables seeded, FunctionApps? functions, EventServers? events, Applications? applications)
{
    public const string Validate = "validate, c = 32";
    public const string ValidateAlone = "validate, c = 1";
    public const string Beside = "validate beside other checkouts, c = 32";
    public const string BesideAlone = "validate beside other checkouts, c = 1";
    public const string ValidateUncached = "validate without cache, c = 32";
    public const string ValidateInProcess = "validate from the process's own cache, c = 32";
    public const string ValidateCold = "validate with a cold cache, c = 32";
    public const string ValidateDegraded = "validate while Redis is down, c = 32";
    public const string BadTokens = "bad tokens, c = 32";
    public const string ReadOfPeers = "read beside peers, c = 32";
    public const string Create = "create, c = 32";
    public const string Patch = "change data, c = 32";
    public const string Replace = "replace data or token, c = 32";
    public const string End = "end, c = 32";
    public const string Touch = "touch that is written, c = 32";
    public const string List = "list 20 of a user, c = 32";
    public const string OnFunctions = "validate on Functions, c = 32";
    public const string OnFunctionsAlone = "validate on Functions, c = 1";
    public const string Authentication = "authentication of an ASP.NET Core application, c = 32";
    public const string Verification = "verification of a signed token, c = 32";
    public const string Issue = "introspect with a passport, c = 32";
    public const string SignOut = "sign out everywhere, c = 1";

    public const string CreateWithEvents = "create beside the same with events off, c = 1";
    public const string EndWithEvents = "end beside the same with events off, c = 1";
    public const string SignOutWithEvents = "sign out of 20 beside the same with events off, c = 1";

    public const string EventsOff = "ours: events off";
    public const string EventsOn = "ours: events on";

    public const string InProcess = "ours: introspect, process's own cache";
    public const string WithoutPassport = "ours: introspect, passports on";
    public const string WithPassport = "ours: introspect with a passport";
    public const string Uncached = "ours: introspect, no cache";
    public const string Degraded = "ours: introspect, Redis down";
    public const string Functions = "ours: introspect, on Functions";
    public const string SignOutOfOne = "ours: sign out of 1";
    public const string SignOutOfTwenty = "ours: sign out of 20";
    public const string SignOutOfNinety = "ours: sign out of 90";

    /// <summary>Gets the names of all contests.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        SignOut, List, Create, Validate, ValidateAlone, ReadOfPeers, ValidateInProcess, BadTokens, ValidateUncached, ValidateDegraded, ValidateCold, Patch, Replace, End, Touch,
        CreateWithEvents, EndWithEvents, SignOutWithEvents, Authentication, Verification, Issue, OnFunctions, OnFunctionsAlone, Beside, BesideAlone,
    ];

    // What one round uses up at most: enough for its seconds where the work is done in Redis, and where tables are written.
    private int ManySessions => options.IsQuick ? 3_000 : 30_000;

    private int SomeSessions => options.IsQuick ? 1_500 : 5_000;

    private int SomeUsers => options.IsQuick ? 10 : 40;

    public IEnumerable<Contest> Contests()
    {
        // First what lists a user, for which Azurite looks through all it holds; then what slows with that, as the peers' stores do not.
        var users = ours.On(field.OfUsers);
        yield return new Contest(
            SignOut,
            1,
            [users.DoSignOut(SignOutOfOne, field.OfUsers, SomeUsers, 1), users.DoSignOut(SignOutOfTwenty, field.OfUsers, SomeUsers, 20), users.DoSignOut(SignOutOfNinety, field.OfUsers, SomeUsers, 90)]);
        yield return new Contest(List, 32, [limits.ReadTable(), users.DoList(field.OfUsersUncached, SomeUsers)]);
        yield return new Contest(Create, 32, [limits.Create(), ours.DoCreate(field.Main), .. peers.Select(PeerLoads.Create)]);
        yield return new Contest(
            Validate,
            32,
            [limits.AnswerFromRedis(), ours.DoIntrospect(OurLoads.Introspect, field.Main), ours.DoReadKeyed(field.Main), ours.DoIntrospectTouch(OurLoads.IntrospectTouch, field.Main), ours.DoWhoAmI(field.Main), limits.AnswerStatic(), limits.AnswerFromDictionary()]);
        yield return new Contest(
            ValidateAlone, 1, [limits.AnswerFromRedis(), ours.DoIntrospect(OurLoads.Introspect, field.Main), ours.DoWhoAmI(field.Main), limits.AnswerStatic()]);
        yield return new Contest(
            ReadOfPeers, 32, [limits.AnswerFromRedis(), ours.DoIntrospect(OurLoads.Introspect, field.Main), .. peers.Select(PeerLoads.Read)]);

        // With touch: a process keeps no session of which a touch is due, and without touches all of them soon are.
        yield return new Contest(ValidateInProcess, 32, [limits.AnswerStatic(), ours.DoIntrospectTouch(InProcess, field.InProcess)]);
        yield return new Contest(BadTokens, 32, [limits.AnswerStatic(), ours.DoMalformed(field.Main), ours.DoForged(field.Main)]);
        yield return new Contest(ValidateUncached, 32, [limits.ReadTable(), ours.DoIntrospect(Uncached, field.Uncached)]);
        yield return new Contest(ValidateDegraded, 32, [limits.ReadTable(), ours.DoIntrospect(Degraded, field.Degraded)]);
        yield return new Contest(ValidateCold, 32, [limits.ReadCold(SomeSessions), ours.DoIntrospectCold(field.Main, SomeSessions)]);
        yield return new Contest(
            Patch, 32, [limits.Patch(SomeSessions), ours.DoPatch(field.Main, SomeSessions), .. peers.Select(PeerLoads.Update)]);
        yield return new Contest(
            Replace, 32, [ours.DoPutData(field.Main, SomeSessions), ours.DoSaveKeyed(field.Main, SomeSessions), ours.DoRotate(field.Main, SomeSessions)]);
        yield return new Contest(
            End, 32, [limits.Revoke(SomeSessions), ours.DoRevoke(field.Main, SomeSessions), .. peers.Select(peer => PeerLoads.End(peer, ManySessions))]);
        yield return new Contest(Touch, 32, [limits.Patch(SomeSessions), ours.DoTouch(field.Main, seeded, SomeSessions)]);
        foreach (var contest in WithEvents())
        {
            yield return contest;
        }

        if (applications is not null)
        {
            yield return new Contest(Authentication, 32, [.. applications.WithCookies.Select(PeerLoads.Read), .. peers.Where(static peer => peer.Name == "aspnetcore").Select(PeerLoads.Read)]);
            var issued = ours.On(applications.Issuer);
            yield return new Contest(Verification, 32, [.. applications.WithPassports.Select(issued.DoPresentPassport)]);
            yield return new Contest(Issue, 32, [issued.DoIntrospect(WithoutPassport, applications.Issuer), issued.DoIssuePassport(WithPassport, applications.Issuer)]);
        }

        if (others.Count > 0)
        {
            Contender[] all = [ours.DoIntrospect(OurLoads.Introspect, field.Main), .. others.Select(other => ours.DoIntrospect(other.Name, other))];
            yield return new Contest(Beside, 32, all);
            yield return new Contest(BesideAlone, 1, all);
        }

        if (functions is not null)
        {
            Contender[] hosted = [ours.DoNothing(functions.Least), ours.ReadOnce(functions.Least), ours.DoIntrospect(Functions, functions.Ours)];
            yield return new Contest(OnFunctions, 32, hosted);
            yield return new Contest(OnFunctionsAlone, 1, hosted);
        }
    }

    // The same work on the same tables. The instance with events does not deliver: its calls to the one thread of Azurite would be in the
    // figures.
    private IEnumerable<Contest> WithEvents()
    {
        if (events is not var (off, on))
        {
            yield break;
        }

        var loads = ours.On(off);
        yield return new Contest(CreateWithEvents, 1, [loads.DoCreate(off) with { Name = EventsOff }, loads.DoCreate(on) with { Name = EventsOn }]);
        yield return new Contest(
            EndWithEvents, 1, [loads.DoRevoke(off, SomeSessions) with { Name = EventsOff }, loads.DoRevoke(on, SomeSessions) with { Name = EventsOn }]);
        yield return new Contest(SignOutWithEvents, 1, [loads.DoSignOut(EventsOff, off, SomeUsers, 20), loads.DoSignOut(EventsOn, on, SomeUsers, 20)]);
    }
}
