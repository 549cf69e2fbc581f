using System.Globalization;
using System.Text.RegularExpressions;
using SessionCore.Tables;

namespace Support.TableServer.Wire;

/// <summary>Reads a query: ranges of keys and at most one equality, as SessionCore asks.</summary>
internal static partial class QueryText
{
    private const int LimitMilliseconds = 1000;

    /// <summary>Reads the parameters of a query.</summary>
    /// <exception cref="FormatException">It asks what this service cannot do.</exception>
    public static TableQuery Parse(TableAddress address)
    {
        var query = new TableQuery
        {
            PageSize = address.Parameter("$top") is { } top ? int.Parse(top, CultureInfo.InvariantCulture) : null,
            Select = address.Parameter("$select")?.Split(',').Except(["PartitionKey", "RowKey", "Timestamp"], StringComparer.Ordinal).ToArray(),
            Continuation = address.Parameter("NextPartitionKey"),
        };
        var filter = address.Parameter("$filter") ?? "";
        while (filter.Length > 0)
        {
            var match = Condition().Match(filter);
            if (!match.Success)
            {
                throw new FormatException("Only comparisons joined by 'and' are understood.");
            }

            query = With(query, match.Groups["name"].Value, match.Groups["operator"].Value, match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal));
            filter = filter[match.Length..];
        }

        return query;
    }

    private static TableQuery With(TableQuery query, string name, string comparison, string value) => (name, comparison) switch
    {
        ("PartitionKey", "eq") => query with { PartitionKey = value },
        ("PartitionKey", "ge") => query with { PartitionFrom = value },
        ("PartitionKey", "lt") => query with { PartitionTo = value },
        ("RowKey", "ge") => query with { RowFrom = value },
        ("RowKey", "lt") => query with { RowTo = value },
        (_, "eq") when query.WhereName is null => query with { WhereName = name, WhereValue = value },
        _ => throw new FormatException($"{name} {comparison} is not understood."),
    };

    [GeneratedRegex("^(?<name>[A-Za-z_][A-Za-z0-9_]*) (?<operator>eq|ge|lt) '(?<value>(?:[^']|'')*)'(?: and (?=.)|$)", RegexOptions.Singleline, LimitMilliseconds)]
    private static partial Regex Condition();
}
