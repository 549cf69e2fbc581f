using System.Text;

namespace SessionCore.Tables.Rest;

/// <summary>The $filter of a query. Names were checked to be identifiers; values are quoted; nothing else gets in.</summary>
internal static class FilterText
{
    public static string For(TableQuery query)
    {
        var text = new StringBuilder();
        Append(text, "PartitionKey", "eq", query.PartitionKey);
        Append(text, "PartitionKey", "ge", query.PartitionFrom);
        Append(text, "PartitionKey", "lt", query.PartitionTo);
        Append(text, "RowKey", "ge", query.RowFrom);
        Append(text, "RowKey", "lt", query.RowTo);
        if (query.WhereName is not null)
        {
            Append(text, query.WhereName, "eq", query.WhereValue);
        }

        return text.ToString();
    }

    /// <summary>Doubles the quotes, as OData wants them within a quoted literal.</summary>
    public static string Quoted(string value) => value.Replace("'", "''", StringComparison.Ordinal);

    private static void Append(StringBuilder text, string name, string comparison, string? value)
    {
        if (value is null)
        {
            return;
        }

        text.Append(text.Length == 0 ? string.Empty : " and ");
        text.Append(name).Append(' ').Append(comparison).Append(" '").Append(Quoted(value)).Append('\'');
    }
}
