namespace Infra.Tests.Costs;

/// <summary>docs/operations.md, as far as its tables are held to the code.</summary>
internal static class OperationsPage
{
    private static readonly string[] Lines = File.ReadAllLines(RepositoryRoot.Combine("docs", "operations.md"));

    /// <summary>Gets the rows of the table whose header begins with these cells.</summary>
    public static IReadOnlyList<string[]> Table(params string[] header) =>
    [
        .. Lines
            .SkipWhile(line => !Cells(line).Take(header.Length).SequenceEqual(header, StringComparer.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Cells),
    ];

    private static string[] Cells(string line) => line.StartsWith('|')
        ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`'))]
        : [];
}
