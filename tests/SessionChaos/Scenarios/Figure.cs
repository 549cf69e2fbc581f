namespace SessionChaos.Scenarios;

/// <summary>One thing that a scenario saw.</summary>
/// <param name="What">What it is.</param>
/// <param name="Value">How much, for a person to read.</param>
/// <param name="Bar">The bar; null for a figure that is only reported.</param>
/// <param name="IsMet">Whether it is.</param>
internal sealed record Figure(string What, string Value, string? Bar = null, bool IsMet = true)
{
    /// <summary>Gets the verdict in a word; empty for a figure that is only reported.</summary>
    public string Verdict => (Bar, IsMet) switch
    {
        (null, _) => "",
        (_, true) => "ok",
        _ => "BROKEN",
    };

    public override string ToString()
    {
        var bar = Bar is null ? "" : $" ({Bar})";
        return $"{What,-48}{Verdict,-8}{Value}{bar}";
    }
}
