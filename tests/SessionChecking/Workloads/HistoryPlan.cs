using System.Globalization;
using SessionChecking.Faults;
using SessionCore.Caching;
using SessionCore.Sessions;
using Support;

namespace SessionChecking.Workloads;

/// <summary>Everything about a history that its seed says before it begins.</summary>
internal sealed record HistoryPlan
{
    private const double ShareOfPurgedKeys = 0.3;

    private static readonly int[] ShortIdles = [4, 10, 30];
    private static readonly int[] ShortEnough = [4, 10];

    public required ulong Seed { get; init; }

    public required Theme Theme { get; init; }

    public required FaultMix Faults { get; init; }

    public required int Instances { get; init; }

    public required int Clients { get; init; }

    public required int CallsOfEach { get; init; }

    public required int Users { get; init; }

    /// <summary>Gets how many sessions there are, and in the cache, before everything begins at once.</summary>
    public required int SessionsAtFirst { get; init; }

    /// <summary>Gets a value indicating whether they are not in the cache yet, so that filling it is among the races.</summary>
    public required bool BeginsUnread { get; init; }

    public required SessionPolicyOptions Policy { get; init; }

    public required CacheOptions Cache { get; init; }

    /// <summary>Gets how long the cache keeps a live value, which may be longer than it is asked to.</summary>
    public required TimeSpan CacheKeeps { get; init; }

    /// <summary>Gets a value indicating whether the purge meets sessions that end about when an hour ends.</summary>
    public bool MeetsPurge { get; init; }

    /// <summary>Gets how long after its end the purge leaves a session alone.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>
    /// Gets when the history begins, as the time after noon. The purge processes past hours only, so its sessions end about when an
    /// hour ends.
    /// </summary>
    public required TimeSpan BeginsAt { get; init; }

    /// <summary>Gets the idle timeout of sessions.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>Gets the absolute lifetime of sessions.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Gets a value indicating whether sessions lapse during the history.</summary>
    public bool IsShort => Idle < TimeSpan.FromMinutes(1);

    /// <summary>Gets a value indicating whether clients look at sessions at the very instant of their end.</summary>
    public bool MeetsBoundaries => Theme.Name is "ending";

    /// <summary>Gets a value indicating whether sessions are found by keys.</summary>
    public bool IsKeyed => Theme == Theme.Keyed;

    public required int LongestStepMilliseconds { get; init; }

    /// <summary>Gets how often a client waits for seconds between two calls.</summary>
    public required double Patience { get; init; }

    /// <summary>Gets how long after a write that was not confirmed another instance may answer from before it.</summary>
    public TimeSpan WorstDelay => Cache.MaxAge + Cache.ClockSkew;

    public static HistoryPlan Draw(ulong seed, Dice dice)
    {
        var theme = Theme.Of(seed, dice);
        var isPurging = theme.Name is "purging" || (theme == Theme.Keyed && dice.Chance(ShareOfPurgedKeys));
        var isEnding = theme.Name is "ending";
        var isShort = isPurging || isEnding || theme.Name is "lapsing" || dice.Chance(ShareOfShort(theme));
        var isAging = theme.Name is "aging";
        var isEvicting = theme.Name is "evicting";
        int[] shortIdles = isEnding ? ShortEnough : ShortIdles;
        var idle = isShort ? TimeSpan.FromSeconds(dice.Pick(shortIdles)) : TimeSpan.FromMinutes(dice.Pick([10, 60]));
        var sessionsAtFirst = theme.Name switch
        {
            "aging" => 1,
            "purging" or "evicting" or "ending" => 2,
            _ => dice.Below(3),
        };
        var maxAge = DrawMaxAge(dice, isAging, isEnding);
        return new HistoryPlan
        {
            Seed = seed,
            Theme = theme,
            Faults = FaultMix.Draw(dice, isAging, isEvicting),
            Instances = dice.Between(2, 3),
            Clients = dice.Between(isEvicting ? 3 : 2, 4),
            CallsOfEach = dice.Between(3, 7),
            Users = isAging || isEvicting || dice.Chance(0.75) ? 1 : 2,
            SessionsAtFirst = sessionsAtFirst,
            BeginsUnread = isAging || isEvicting,
            Policy = DrawPolicy(dice, theme),
            Cache = new CacheOptions
            {
                MaxAge = maxAge,
                ClockSkew = TimeSpan.FromSeconds(isAging ? 0 : dice.Pick([0, 0, 2])),
                LeaseTime = TimeSpan.FromSeconds(isAging ? 5 : dice.Pick([1, 5])),
                ReplicaAcks = dice.Chance(0.5) ? 1 : 0,
                LocalAge = dice.Chance(0.25) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
            },
            CacheKeeps = maxAge * dice.Pick([1, 4]),
            MeetsPurge = isPurging,
            Grace = TimeSpan.FromSeconds(isPurging ? dice.Pick([0, 0, 2]) : 60),
            BeginsAt = isPurging ? TimeSpan.FromHours(1) - idle - dice.Milliseconds(1_000, 5_000) : TimeSpan.Zero,
            Idle = idle,
            Lifetime = isShort && dice.Chance(0.5) ? TimeSpan.FromSeconds(dice.Pick([20, 60])) : TimeSpan.FromHours(12),
            LongestStepMilliseconds = dice.Pick([4, 12, 60]),
            Patience = isShort || (!isAging && dice.Chance(0.3)) ? 0.4 : 0.1,
        };
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Theme.Name}; {Instances} instances, {Clients} clients, {CallsOfEach} calls each, {Users} users; limit {Policy.MaxSessionsPerUser} {Policy.WhenLimitReached}, old tokens {Policy.ReuseOfOldToken}; idle {Idle.TotalSeconds:0}s, lifetime {Lifetime.TotalSeconds:0}s; max age {Cache.MaxAge.TotalSeconds:0}s, skew {Cache.ClockSkew.TotalSeconds:0}s, lease {Cache.LeaseTime.TotalSeconds:0}s, replica acks {Cache.ReplicaAcks}, local age {Cache.LocalAge.TotalSeconds:0}s{Environment.NewLine}faults: {Faults}");

    private static double ShareOfShort(Theme theme) => theme.Name switch
    {
        "restoring" => 0.6,
        "keyed" => 0.3,
        _ => 0.15,
    };

    // An entry that is to be met at the end of its session has to count until then.
    private static TimeSpan DrawMaxAge(Dice dice, bool isAging, bool isEnding)
    {
        int[] ages = isEnding ? [10, 30] : [5, 10, 30];
        return TimeSpan.FromSeconds(isAging ? 5 : dice.Pick(ages));
    }

    private static SessionPolicyOptions DrawPolicy(Dice dice, Theme theme) => new()
    {
        MaxSessionsPerUser = theme.Name is "crowding" || dice.Chance(0.1) ? dice.Between(1, 3) : 50,
        WhenLimitReached = dice.Pick([LimitPolicy.EvictOldest, LimitPolicy.EvictLeastRecentlyUsed, LimitPolicy.Deny]),
        ReuseOfOldToken = dice.Chance(0.3) ? ReusePolicy.End : ReusePolicy.Refuse,
        RotationGrace = TimeSpan.FromSeconds(dice.Pick([0, 2, 10])),
        IdempotencyWindow = TimeSpan.FromMinutes(1),
    };
}
