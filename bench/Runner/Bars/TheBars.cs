using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Probes;
using Bench.Runner.Servers;

namespace Bench.Runner.Bars;

/// <summary>The bars of the product: minimum and target of each figure.</summary>
internal static class TheBars
{
    public static IReadOnlyList<Bar> All { get; } =
    [
        AtLeast("introspect hot, throughput, c = 32", Programme.Validate, OurLoads.Introspect, LimitLoads.Redis, 0.95, 1.15),
        AtMost("introspect hot, p50, c = 1", Programme.ValidateAlone, OurLoads.Introspect, LimitLoads.Redis, Metric.P50, 1.25, 1.1),
        AtMost("introspect hot, server CPU a request", Programme.Validate, OurLoads.Introspect, LimitLoads.Redis, Metric.ServerCpu, 1.2, 1.0),
        new()
        {
            Work = "introspect hot, allocated a request",
            From = Programme.Validate,
            Who = OurLoads.Introspect,
            Metric = Metric.Allocated,
            Direction = Direction.AtMost,
            Must = 1800,
            Goal = 1200,
            Unit = "B",
        },
        AtLeast("introspect hot, beside ISession", Programme.ReadOfPeers, OurLoads.Introspect, "aspnetcore", 2, 2.5),
        AtLeast("introspect hot, beside express-session", Programme.ReadOfPeers, OurLoads.Introspect, "express", 8, 10),
        AtLeast("introspect hot, beside Django", Programme.ReadOfPeers, OurLoads.Introspect, "django", 30, 40),
        AtLeast("introspect hot, beside better-auth", Programme.ReadOfPeers, OurLoads.Introspect, "better-auth", 14, 18),
        AtMost("introspect on Functions, CPU of host and worker, c = 32", Programme.OnFunctions, Programme.Functions, OurLoads.EmptyFunction, Metric.ServerCpu, 1.15, 1.08),
        AtMost("introspect on Functions, CPU of host and worker, c = 1", Programme.OnFunctionsAlone, Programme.Functions, OurLoads.EmptyFunction, Metric.ServerCpu, 1.4, 1.2),
        AtLeast("AddSessions, beside AddCookie with a Redis ticket store", Programme.Authentication, Applications.Sessions, Applications.Cookies, 1.0, 1.0),
        AtLeast("AddSessions by passport, beside AddCookie with a Redis ticket store", Programme.Authentication, Applications.Kept, Applications.Cookies, 1.0, 1.5),
        AtLeast("AddSessionPassports, beside AddJwtBearer", Programme.Verification, Applications.Passports, Applications.Jwt, 0.9, 1.0),
        AtMost("AddSessionPassports, allocated a request", Programme.Verification, Applications.Passports, Applications.Jwt, Metric.Allocated, 1.2, 1.0),
        Count("revocation of passports, p99", RevocationProbe.Name, RevocationProbe.P99, 2000, 1000, "ms"),
        Count("revocation of passports, longest", RevocationProbe.Name, RevocationProbe.Longest, 5000, 2500, "ms"),
        AtMost("introspect with a passport, server CPU a request", Programme.Issue, Programme.WithPassport, Programme.WithoutPassport, Metric.ServerCpu, 1.15, 1.08),
        Count("following 1,000 endings a second, of a core", FollowProbe.Name, FollowProbe.Cpu, 2, 1, "%"),
        Count("following 1,000 endings a second, memory", FollowProbe.Name, FollowProbe.Memory, 20, 15, "MB"),
        AtLeast("introspect with the process's own cache", Programme.ValidateInProcess, Programme.InProcess, LimitLoads.Static, 0.75, 0.9),
        AtLeast("malformed token", Programme.BadTokens, OurLoads.Malformed, LimitLoads.Static, 0.8, 0.92),
        AtLeast("forged token", Programme.BadTokens, OurLoads.Forged, LimitLoads.Static, 0.8, 0.92),
        Count("malformed token, table calls", CallsProbe.Name, CallsProbe.Malformed, 0, 0, "calls"),
        Count("forged token, table calls", CallsProbe.Name, CallsProbe.Forged, 0, 0, "calls"),
        AtLeast("cold validate", Programme.ValidateCold, OurLoads.ColdIntrospect, LimitLoads.ColdRead, 0.85, 0.95),
        AtLeast("create", Programme.Create, OurLoads.Create, LimitLoads.RawCreate, 0.85, 0.95),
        AtLeast("PATCH data", Programme.Patch, OurLoads.Patch, LimitLoads.RawPatch, 0.85, 0.95),
        AtLeast("keyed GET hot, beside introspect", Programme.Validate, OurLoads.KeyedRead, OurLoads.Introspect, 0.95, 1),
        AtLeast("keyed PUT of an existing key, beside PUT data", Programme.Replace, OurLoads.KeyedSave, OurLoads.PutData, 0.95, 1),
        AtLeast("revoke", Programme.End, OurLoads.Revoke, LimitLoads.RawRevoke, 0.85, 0.95),
        AtMost("create with events, p50", Programme.CreateWithEvents, Programme.EventsOn, Programme.EventsOff, Metric.P50, 1.25, 1.15),
        AtMost("end with events, p50", Programme.EndWithEvents, Programme.EventsOn, Programme.EventsOff, Metric.P50, 1.25, 1.15),
        AtMost("sign out of 20 with events, p50", Programme.SignOutWithEvents, Programme.EventsOn, Programme.EventsOff, Metric.P50, 1.25, 1.15),
        Count("delivery at 1,000 changes a second, p99", EventProbe.Name, EventProbe.Latency, 2000, 1000, "ms"),
        Count("events lost by a target that was down", EventProbe.Name, EventProbe.Lost, 0, 0, "events"),
        Count("delivery beside an outage of ten minutes, p99", EventProbe.LongOutage, EventProbe.Latency, 2000, 1000, "ms"),
        Count("events lost in an outage of ten minutes", EventProbe.LongOutage, EventProbe.Lost, 0, 0, "events"),
        AtLeast("create, beside Django on PostgreSQL", Programme.Create, OurLoads.Create, "django", 2, 3.5),
        AtLeast("introspect with touch, inside the renewal window", Programme.Validate, OurLoads.IntrospectTouch, OurLoads.Introspect, 0.9, 0.97),
        Count("introspect with touch, table writes", CallsProbe.Name, CallsProbe.TouchWrites, 0, 0, "writes"),
        Count("cold-cache storm, table reads a session", StormProbe.Name, StormProbe.ReadsPerSession, 1.05, 1.0, "reads"),
        Count("sign-out of 90 beside 1, table calls", CallsProbe.Name, CallsProbe.SignOutCalls, 1, 1, "×"),
        AtMost("sign-out of 90 beside 1, p50", Programme.SignOut, Programme.SignOutOfNinety, Programme.SignOutOfOne, Metric.P50, 3, 2),
        Count("list 20 beside many others, table calls", ListProbe.Name, ListProbe.Calls, 1, 1, "×"),
        Count("list 20 beside many others, entities read", ListProbe.Name, ListProbe.Entities, 1, 1, "×"),
        Count("purge beside many live, table calls", PurgeProbe.Name, PurgeProbe.Calls, 1.10, 1.02, "×"),
        Count("purge, entities read against entry, row and head of each due", PurgeProbe.Name, PurgeProbe.EntitiesPerDue, 1.2, 1.05, "×"),
        AtLeast("Redis down", Programme.ValidateDegraded, Programme.Degraded, LimitLoads.TableRead, 0.5, 0.65),
        Count("memory, idle", MemoryProbe.Name, MemoryProbe.Idle, 110, 95, "MB"),
        Count("memory, idle worker on Functions", MemoryProbe.Name, MemoryProbe.IdleWorker, 130, 115, "MB"),
        Count("memory, many live sessions in use", MemoryProbe.Name, MemoryProbe.InUse, 220, 180, "MB"),
        Count("start to the first answer, beside the least Kestrel app", StartProbe.Name, StartProbe.Ratio, 2, 1.4, "×"),
    ];

    private static Bar AtLeast(string work, string contest, string who, string against, double must, double goal) => new()
    {
        Work = work,
        From = contest,
        Who = who,
        Against = against,
        Metric = Metric.Rate,
        Direction = Direction.AtLeast,
        Must = must,
        Goal = goal,
    };

    private static Bar AtMost(string work, string contest, string who, string against, Metric metric, double must, double goal) => new()
    {
        Work = work,
        From = contest,
        Who = who,
        Against = against,
        Metric = metric,
        Direction = Direction.AtMost,
        Must = must,
        Goal = goal,
    };

    private static Bar Count(string work, string probe, string figure, double must, double goal, string unit) => new()
    {
        Work = work,
        From = probe,
        Who = figure,
        Direction = Direction.AtMost,
        Must = must,
        Goal = goal,
        Unit = unit,
    };
}
