namespace Dev.Mutations;

/// <summary>A fault that can be put into the product by one textual change, and what has to notice it.</summary>
internal sealed record Mutation
{
    /// <summary>Gets its name.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the layer it is in, such as Storage.</summary>
    public required string Layer { get; init; }

    /// <summary>Gets the promise that it breaks.</summary>
    public required string Promise { get; init; }

    /// <summary>Gets the file that is changed, from the root.</summary>
    public required string File { get; init; }

    /// <summary>Gets the text that is replaced; it stands in the file exactly once.</summary>
    public required string Find { get; init; }

    /// <summary>Gets the text that is put in its place.</summary>
    public required string Replace { get; init; }

    /// <summary>Gets the tests that fail with the fault in place, each as <c>Project/Class.Method</c>.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>Gets how many random schedules the checker needs to notice it; zero where it need not.</summary>
    public int Histories { get; init; }

    /// <summary>Gets the reason why the change is harmless; null for a fault that must be caught.</summary>
    public string? Harmless { get; init; }

    /// <summary>Gets the project of the product that is changed.</summary>
    public string Product => File.Split('/') is ["src", var project, _, ..]
        ? project
        : throw new InvalidOperationException($"Mutation '{Id}': {File} must be a file of a project in src/. Adapt it in {MutationList.File}.");

    /// <summary>Gives the projects of the tests.</summary>
    public IEnumerable<string> Projects() => Tests.Select(ProjectOf).Distinct(StringComparer.Ordinal);

    /// <summary>Gives the tests of a project, each as <c>Class.Method</c>.</summary>
    public IEnumerable<string> TestsIn(string project) => Tests.Where(test => ProjectOf(test) == project).Select(NameOf);

    /// <summary>The part of a test's name that says where it is.</summary>
    public static string ProjectOf(string test) => test[..test.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The rest of a test's name: <c>Class.Method</c>.</summary>
    public static string NameOf(string test) => test[(test.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The file's text with the fault in it.</summary>
    /// <exception cref="InvalidOperationException">The text to replace does not stand there exactly once.</exception>
    public string ApplyTo(string text)
    {
        var at = text.IndexOf(Find, StringComparison.Ordinal);
        return at >= 0 && text.IndexOf(Find, at + 1, StringComparison.Ordinal) < 0
            ? string.Concat(text.AsSpan(0, at), Replace, text.AsSpan(at + Find.Length))
            : throw new InvalidOperationException($"Mutation '{Id}': its text must appear exactly once in {File}. Adapt it in {MutationList.File}.");
    }
}
