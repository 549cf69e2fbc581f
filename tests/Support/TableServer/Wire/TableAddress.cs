using System.Text.RegularExpressions;

namespace Support.TableServer.Wire;

/// <summary>What a request names: a table, and a row of it or all rows.</summary>
/// <param name="Table">The table; <c>Tables</c> for the list of tables, <c>$batch</c> for transactions.</param>
/// <param name="PartitionKey">The row's partition; null when no row is named.</param>
/// <param name="RowKey">The row; null when no row is named.</param>
/// <param name="Query">The query string without its question mark, still escaped.</param>
internal sealed partial record TableAddress(string Table, string? PartitionKey, string? RowKey, string Query)
{
    private const int LimitMilliseconds = 1000;

    /// <summary>Reads the target of a request line, or the address of a write within a transaction.</summary>
    /// <returns>Null when it is no address of this service.</returns>
    public static TableAddress? Parse(string target)
    {
        // Within a transaction addresses are whole.
        if (target.StartsWith("http", StringComparison.Ordinal) && target.Split('/', 4) is [_, _, _, var path])
        {
            target = "/" + path;
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : target[(question + 1)..];
        var match = Pattern().Match(question < 0 ? target : target[..question]);
        return match.Success ? new TableAddress(match.Groups["table"].Value, Key(match.Groups["partition"]), Key(match.Groups["row"]), query) : null;
    }

    /// <summary>A parameter of the query string; null when it is not there.</summary>
    public string? Parameter(string name) => Query.Split('&')
        .Select(part => part.Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1]))
        .FirstOrDefault();

    // A quote within a key is doubled and escaped, so a bare one ends the key.
    private static string? Key(Group group) =>
        group.Success ? Uri.UnescapeDataString(group.Value).Replace("''", "'", StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^/[a-z0-9]+/(?<table>\$batch|[A-Za-z0-9]+)(?:\(\)|\(PartitionKey='(?<partition>[^']*)',RowKey='(?<row>[^']*)'\))?$", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Pattern();
}
