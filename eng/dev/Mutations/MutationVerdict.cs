namespace Dev.Mutations;

/// <summary>What noticed a fault.</summary>
/// <param name="Mutation">The fault.</param>
/// <param name="CaughtBy">The tests that failed, and the checker.</param>
/// <param name="MissedBy">What the list names and did not notice it, or why it could not be tried.</param>
internal sealed record MutationVerdict(Mutation Mutation, IReadOnlyList<string> CaughtBy, IReadOnlyList<string> MissedBy)
{
    /// <summary>Gets a value indicating whether it is as the list says.</summary>
    public bool IsAsListed => MissedBy.Count == 0 && (CaughtBy.Count > 0 || Mutation.Harmless is not null);

    /// <summary>The row of the table, as docs/assurance.md has it.</summary>
    public string Row()
    {
        var notices = CaughtBy.Select(Shown).Concat(MissedBy.Select(name => "NOT BY " + Shown(name)));
        var harmless = Mutation.Harmless is { } reason ? [$"harmless: {reason}"] : Array.Empty<string>();
        return $"| {Mutation.Id} | {Mutation.Layer} | {Mutation.Promise} | {string.Join("<br>", notices.Concat(harmless))} |";
    }

    private static string Shown(string name) => name.Contains('/', StringComparison.Ordinal) ? $"`{Mutation.NameOf(name)}`" : name;
}
