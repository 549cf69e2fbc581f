namespace Dev.Mutations;

/// <summary>What noticed a fault.</summary>
/// <param name="Mutation">The fault.</param>
/// <param name="CaughtBy">The tests that failed, and the checker.</param>
/// <param name="MissedBy">What the list names and did not notice it, or why it could not be tried.</param>
internal sealed record MutationVerdict(Mutation Mutation, IReadOnlyList<string> CaughtBy, IReadOnlyList<string> MissedBy)
{
    /// <summary>Gets a value indicating whether it is as the list says.</summary>
    public bool IsAsListed => MissedBy.Count == 0 && (CaughtBy.Count > 0 || Mutation.Harmless is not null);

    /// <summary>The row of the table.</summary>
    public string Row()
    {
        var caught = CaughtBy.Count > 0 ? string.Join(", ", CaughtBy) : "nothing";
        var missed = MissedBy.Count > 0 ? $"; NOT BY {string.Join(", ", MissedBy)}" : "";
        var harmless = Mutation.Harmless is { } reason ? $" (harmless: {reason})" : "";
        return $"{Mutation.Id,-36} {Mutation.Layer,-12} {Mutation.Promise}{Environment.NewLine}    caught by {caught}{missed}{harmless}";
    }
}
