using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>Pages and the SDK's pages. The SDK's continuation is two keys with a blank between, as the service wrote them.</summary>
internal static class AzureDataPage
{
    private const char Blank = ' ';

    /// <summary>Reads a page.</summary>
    /// <exception cref="InvalidDataException">This is no page of the service.</exception>
    public static TablePage Read(Page<TableEntity> page)
    {
        // The SDK takes any JSON object without rows for a page without rows.
        if (page.Values.Count == 0 && !HasRows(page.GetRawResponse().Content))
        {
            throw new InvalidDataException("A page without a list of rows.");
        }

        return new TablePage([.. page.Values.Select(static entity => AzureDataRow.Read(entity))], ContinuationOf(page.ContinuationToken));
    }

    /// <summary>Gives the SDK's continuation for ours.</summary>
    /// <exception cref="ArgumentException">The text is none of ours.</exception>
    public static string TokenOf(string continuation)
    {
        var (partitionKey, rowKey) = TableContinuation.Decode(continuation);
        return partitionKey + Blank + rowKey;
    }

    private static string? ContinuationOf(string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return null;
        }

        var keys = token.Split(Blank, 2);
        return TableContinuation.Encode(keys[0], keys is [_, { Length: > 0 } rowKey] ? rowKey : null);
    }

    private static bool HasRows(BinaryData content)
    {
        using var document = JsonDocument.Parse(content);
        return document.RootElement.TryGetProperty("value", out var rows) && rows.ValueKind is JsonValueKind.Array;
    }
}
