using System.Text;
using System.Text.Json;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionChaos.LostAnswers;

/// <summary>Every kind of write.</summary>
internal static class LostAnswerKinds
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"of":"creation"}""");
    private static readonly JsonElement Patch = JsonElement.Parse("""{"more":1}""");
    private static readonly TimeSpan LongerThanSlack = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShorterIdle = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<LostAnswerKind> All { get; } =
    [
        new("create", 2, CreateAsync),
        new("touch", 1, TouchAsync),
        new("patch", 1, (rig, lose) => ChangeAsync(rig, lose, id => rig.Sessions.MergeDataAsync(id, Patch, ifVersion: null, CancellationToken.None), """{"of":"creation","more":1}""")),
        new("put", 1, (rig, lose) => ChangeAsync(rig, lose, id => rig.Sessions.ReplaceDataAsync(id, Encoding.UTF8.GetBytes("""{"put":1}"""), ifVersion: null, CancellationToken.None), """{"put":1}""")),
        new("rotate", 1, RotateAsync),
        new("revoke", 1, RevokeAsync),
        new("sign out everywhere", 1, SignOutAsync),
        new("expiry", 2, (rig, lose) => ChangeAsync(rig, lose, id => rig.Sessions.SetExpiryAsync(id, expiresIn: null, ShorterIdle, CancellationToken.None), """{"of":"creation"}""")),
        new("upgrade", 3, UpgradeAsync),
    ];

    private static async Task<LostAnswerVerdict> CreateAsync(LostAnswerRig rig, Action lose)
    {
        var user = rig.NewUser();
        var key = new IdempotencyKey("chaos", user, new byte[32]);
        lose();
        var (creation, wasUnknown) = await AskAsync(rig, () => rig.Sessions.CreateAsync(new NewSession { UserId = user, DataJson = Body }, key, CancellationToken.None));
        var (rows, head) = await rig.UserAsync(user);
        return Verdict(
            wasUnknown,
            (creation.Outcome is CreationOutcome.Created || (wasUnknown && creation.Outcome is CreationOutcome.Replayed), $"answered {creation.Outcome}"),
            (rows is [{ Version: 1 }] && head == 1, $"{rows.Count} sessions, head {head}"),
            (creation.Token is { } token && await rig.Core.IsAcceptedAsync(token.Reveal(), ReadConsistency.Strong), "the token is refused"));
    }

    private static async Task<LostAnswerVerdict> TouchAsync(LostAnswerRig rig, Action lose)
    {
        var (id, token) = await rig.Core.CreateAsync(rig.NewUser());
        rig.Clock.Advance(LongerThanSlack);
        var reading = await rig.Core.ValidateAsync(token);
        lose();
        var touched = await rig.Sessions.TouchAsync(reading, ipAddress: null, CancellationToken.None);
        var isUnknown = touched is { Degraded: true, Live.Version: 1 };
        if (isUnknown)
        {
            rig.Heal();
            touched = await rig.Sessions.TouchAsync(reading, ipAddress: null, CancellationToken.None);
        }

        var row = await rig.RowAsync(id);
        return Verdict(
            isUnknown,
            (row.Version == 2, $"version {row.Version}"),
            (touched.Live?.IdleExpiresAt == row.IdleExpiresAt, "another end is answered than was written"));
    }

    private static async Task<LostAnswerVerdict> ChangeAsync(LostAnswerRig rig, Action lose, Func<SessionId, Task<Change>> changeAsync, string data)
    {
        var (id, _) = await rig.Core.CreateAsync(rig.NewUser(), Encoding.UTF8.GetString(Body));
        lose();
        var (change, wasUnknown) = await AskAsync(rig, () => changeAsync(id));
        var row = await rig.RowAsync(id);
        var found = await rig.Sessions.FindAsync(id, ReadConsistency.Strong, CancellationToken.None);
        return Verdict(
            wasUnknown,
            (change is { Outcome: ChangeOutcome.Changed, Session.Version: 2 }, $"answered {change.Outcome} {change.Session?.Version}"),
            (row.Version == 2, $"version {row.Version}"),
            (Encoding.UTF8.GetString(found.Live!.DataJson) == data, "other data")); // it is live, as nobody has ended it
    }

    private static async Task<LostAnswerVerdict> RotateAsync(LostAnswerRig rig, Action lose)
    {
        var (id, token) = await rig.Core.CreateAsync(rig.NewUser());
        lose();
        var (rotation, wasUnknown) = await AskAsync(rig, () => rig.Sessions.RotateAsync(id, new RotationRequest(), CancellationToken.None));
        var row = await rig.RowAsync(id);
        return Verdict(
            wasUnknown,
            (row.Version == 2, $"version {row.Version}"),
            (rotation.Token is { } issued && await rig.Core.IsAcceptedAsync(issued.Reveal()), "the new token is refused"),
            (!await rig.Core.IsAcceptedAsync(token), "the old token is accepted"));
    }

    private static async Task<LostAnswerVerdict> RevokeAsync(LostAnswerRig rig, Action lose)
    {
        var user = rig.NewUser();
        var (id, token) = await rig.Core.CreateAsync(user);
        lose();
        var (revocation, wasUnknown) = await AskAsync(rig, () => rig.Sessions.RevokeAsync(id, "tried", CancellationToken.None));
        var (rows, head) = await rig.UserAsync(user);
        return Verdict(
            wasUnknown,
            (revocation is { Found: true, EffectiveBy: null } && revocation.Sessions.Count == 1, $"found {revocation.Found}, {revocation.Sessions.Count} ended"),
            (rows is [{ EndReason: "tried", Version: 2 }] && head == 0, $"{rows[0].EndReason} version {rows[0].Version}, head {head}"),
            (!await rig.Core.IsAcceptedAsync(token), "the token is accepted"));
    }

    private static async Task<LostAnswerVerdict> SignOutAsync(LostAnswerRig rig, Action lose)
    {
        const int Sessions = 3;
        var user = rig.NewUser();
        for (var i = 0; i < Sessions; i++)
        {
            await rig.Core.CreateAsync(user);
        }

        lose();
        var (revocation, wasUnknown) = await AskAsync(
            rig, () => rig.Sessions.RevokeAllAsync(SessionLocator.PartitionOf(user), except: null, "tried", dryRun: false, CancellationToken.None));
        var (rows, head) = await rig.UserAsync(user);
        return Verdict(
            wasUnknown,
            (revocation.Sessions.Count == Sessions && revocation.EffectiveBy is null, $"{revocation.Sessions.Count} ended"),
            (rows.Count == Sessions && rows.All(row => row is { EndReason: "tried", Version: 2 }) && head == 0, $"{rows.Count(row => row.IsEnded)} rows ended, head {head}"));
    }

    private static async Task<LostAnswerVerdict> UpgradeAsync(LostAnswerRig rig, Action lose)
    {
        var user = rig.NewUser();
        var (id, token) = await rig.Core.CreateAsync(userId: null, Encoding.UTF8.GetString(Body));
        lose();
        var (rotation, wasUnknown) = await AskAsync(rig, () => rig.Sessions.RotateAsync(id, new RotationRequest(user), CancellationToken.None));
        var (rows, head) = await rig.UserAsync(user);
        var former = await rig.RowAsync(id);
        return Verdict(
            wasUnknown,
            (rows is [{ IsEnded: false }] && head == 1, $"{rows.Count} sessions, head {head}"),
            (former is { EndReason: EndReasons.Upgraded, Version: 2 }, $"the anonymous session: {former.EndReason} version {former.Version}"),
            (rotation.Session is { } session && Encoding.UTF8.GetString(session.DataJson) == Encoding.UTF8.GetString(Body), "other data"),
            (rotation.Token is { } issued && await rig.Core.IsAcceptedAsync(issued.Reveal()), "the new token is refused"),
            (!await rig.Core.IsAcceptedAsync(token), "the old token is accepted"));
    }

    // After an uncertain answer the caller repeats the call, as clients do; by then no answers are lost.
    private static async Task<(T Answer, bool WasUnknown)> AskAsync<T>(LostAnswerRig rig, Func<Task<T>> ask)
    {
        try
        {
            return (await ask(), false);
        }
        catch (StoreUnavailableException)
        {
            rig.Heal();
            return (await ask(), true);
        }
        finally
        {
            rig.Heal();
        }
    }

    private static LostAnswerVerdict Verdict(bool wasUnknown, params IEnumerable<(bool Holds, string Fault)> checks)
    {
        var faults = checks.Where(check => !check.Holds).Select(check => check.Fault).ToArray();
        return new LostAnswerVerdict(faults.Length == 0 ? null : string.Join("; ", faults), wasUnknown);
    }
}
