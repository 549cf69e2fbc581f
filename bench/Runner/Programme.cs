using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Servers;

namespace Bench.Runner;

/// <summary>The contests of a run. In each the anchor is named first.</summary>
internal sealed class Programme(BenchOptions options, LimitLoads limits, IReadOnlyList<BenchServer> peers)
{
    public const string Validate = "validate, c = 32";
    public const string ValidateAlone = "validate, c = 1";
    public const string ValidateUncached = "validate without cache, c = 32";
    public const string ValidateCold = "validate with a cold cache, c = 32";
    public const string ReadOfPeers = "read beside peers, c = 32";
    public const string Create = "create, c = 32";
    public const string Patch = "change data, c = 32";
    public const string End = "end, c = 32";

    // What one round uses up: enough for its seconds where the work is done in Redis, and where tables are written.
    private int ManySessions => options.IsQuick ? 3_000 : 30_000;

    private int SomeSessions => options.IsQuick ? 1_500 : 10_000;

    public IEnumerable<Contest> Contests()
    {
        yield return new Contest(Validate, 32, [limits.AnswerFromRedis(), limits.AnswerStatic(), limits.AnswerFromDictionary()]);
        yield return new Contest(ValidateAlone, 1, [limits.AnswerFromRedis(), limits.AnswerStatic(), limits.AnswerFromDictionary()]);
        yield return new Contest(ReadOfPeers, 32, [limits.AnswerFromRedis(), .. peers.Select(PeerLoads.Read)]);
        yield return new Contest(ValidateUncached, 32, [limits.ReadTable()]);
        yield return new Contest(ValidateCold, 32, [limits.ReadCold(SomeSessions)]);
        yield return new Contest(Create, 32, [limits.Create(), .. peers.Select(PeerLoads.Create)]);
        yield return new Contest(Patch, 32, [limits.Patch(SomeSessions), .. peers.Select(PeerLoads.Update)]);
        yield return new Contest(End, 32, [limits.Revoke(SomeSessions), .. peers.Select(peer => PeerLoads.End(peer, ManySessions))]);
    }
}
