using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Mapping of pages from the SDK. The SDK's continuation token is two keys separated by a space, as the service sent them.
/// </summary>
internal static class AzureDataPage
{
    private const char Blank = ' ';

    /// <summary>Reads a page.</summary>
    /// <exception cref="InvalidDataException">The answer is not a page of the service.</exception>
    public static TablePage Read(Page<TableEntity> page)
    {
        // The SDK accepts any JSON object without rows as an empty page.
        if (page.Values.Count == 0 && !HasRows(page.GetRawResponse().Content))
        {
            throw new InvalidDataException("A page without a list of rows.");
        }

        return new TablePage([.. page.Values.Select(static entity => AzureDataRow.Read(entity))], ContinuationOf(page.ContinuationToken));
    }

    /// <summary>Returns the SDK's continuation token for that of the port.</summary>
    /// <exception cref="ArgumentException">The token is malformed.</exception>
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
