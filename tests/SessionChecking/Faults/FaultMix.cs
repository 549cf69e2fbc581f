using System.Globalization;
using Support;

namespace SessionChecking.Faults;

/// <summary>How often what goes wrong in one history. Drawn from its seed: many histories have few kinds of faults, some have all, some none.</summary>
internal sealed record FaultMix
{
    /// <summary>Gets the kinds of faults, and the absence of any.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["none", "time-out before", "time-out after", "applied late", "eviction, flush", "fail-over"];

    /// <summary>Gets which of <see cref="Kinds"/> are in this mix.</summary>
    public required IReadOnlyList<string> KindsPresent { get; init; }

    /// <summary>Gets how often a call never reaches its store.</summary>
    public double TimeoutBefore { get; init; }

    /// <summary>Gets how often the cache does not take what a write to the table changes, be it a newer entry or a tombstone.</summary>
    public double UpdateLost { get; init; }

    /// <summary>Gets how often a call's answer gets lost after it took effect.</summary>
    public double TimeoutAfter { get; init; }

    /// <summary>Gets how often a write takes effect only after its caller has given up.</summary>
    public double Late { get; init; }

    /// <summary>Gets how often, for each step, the cache drops a key.</summary>
    public double Eviction { get; init; }

    /// <summary>Gets how often, for each step, the cache loses everything.</summary>
    public double Flush { get; init; }

    /// <summary>Gets how often, for each step, the cache's replica takes over.</summary>
    public double FailOver { get; init; }

    /// <summary>Gets a value indicating whether the replica lags behind.</summary>
    public bool ReplicaLags { get; init; }

    /// <summary>Gets how often a call takes seconds.</summary>
    public double Stall { get; init; }

    /// <summary>Gets how often, for each step, everything stands still for seconds.</summary>
    public double Leap { get; init; }

    /// <summary>Gets how much less the table fails than the cache.</summary>
    public double TableShare { get; init; }

    /// <summary>Gets a value indicating whether the table's client repeats a call whose answer it did not get.</summary>
    public bool TableRetries { get; init; }

    /// <summary>Gets the most rows of a page; null for no limit.</summary>
    public int? PageRows { get; init; }

    /// <summary>Draws a mix.</summary>
    /// <param name="dice">The dice.</param>
    /// <param name="isAging">Whether newer entries should get lost while older ones are being put into the cache, slowly.</param>
    /// <param name="isEvicting">Whether entries and tombstones should come and go, slowly.</param>
    public static FaultMix Draw(Dice dice, bool isAging, bool isEvicting)
    {
        // Half of the histories have one kind of fault only, and often: what is rare among everything else shows there.
        var kinds = dice.Below(8) switch
        {
            _ when isAging => [0, 3],
            _ when isEvicting => [3],
            0 => [],
            <= 4 => [dice.Below(5)],
            _ => Enumerable.Range(0, 5).Where(_ => dice.Chance(0.6)).ToArray(),
        };
        var mostEviction = (isAging, isEvicting) switch
        {
            (true, _) => 0.03,
            (_, true) => 0.4,
            _ => 0.15,
        };
        double Rate(int kind, double most) => kinds.Contains(kind) ? most * dice.Between(2, 10) / 10 : 0;
        return new FaultMix
        {
            KindsPresent = kinds.Length == 0 ? [Kinds[0]] : [.. kinds.Select(kind => Kinds[kind + 1])],
            TimeoutBefore = isAging ? 0 : Rate(0, 0.25),
            UpdateLost = isAging ? 0.1 * dice.Between(7, 10) : 0,
            TimeoutAfter = Rate(1, 0.25),
            Late = Rate(2, 0.25),
            Eviction = Rate(3, mostEviction),
            Flush = kinds.Contains(3) && !isAging && !isEvicting && dice.Chance(0.3) ? 0.02 : 0,
            FailOver = Rate(4, 0.05),
            ReplicaLags = kinds.Contains(4),
            Stall = DrawStall(dice, isAging, isEvicting),
            Leap = !isAging && !isEvicting && dice.Chance(0.3) ? 0.01 : 0,
            TableShare = isAging ? 0 : dice.Pick([0, 0.2, 0.5]),
            TableRetries = dice.Chance(0.5),
            PageRows = dice.Chance(0.3) ? dice.Between(1, 3) : null,
        };
    }

    private static double DrawStall(Dice dice, bool isAging, bool isEvicting)
    {
        if (isEvicting)
        {
            return 0.15;
        }

        return isAging || dice.Chance(0.6) ? 0.03 * dice.Between(1, 4) : 0;
    }

    public override string ToString()
    {
        (string Name, double Rate)[] rates =
        [
            ("time-out before", TimeoutBefore), ("update lost", UpdateLost), ("time-out after", TimeoutAfter), ("late", Late), ("eviction", Eviction),
            ("flush", Flush), ("fail-over", FailOver), ("stall", Stall), ("leap", Leap),
        ];
        var told = rates
            .Where(rate => rate.Rate > 0)
            .Select(rate => string.Create(CultureInfo.InvariantCulture, $"{rate.Name} {rate.Rate:P1}"))
            .Append(string.Create(CultureInfo.InvariantCulture, $"table {TableShare:P0} of it"))
            .Append(TableRetries ? "table client retries" : null)
            .Append(PageRows is { } rows ? string.Create(CultureInfo.InvariantCulture, $"pages of {rows}") : null);
        return string.Join(", ", told.OfType<string>());
    }
}
