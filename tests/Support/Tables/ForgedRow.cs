using SessionCore.Tables;

namespace Support.Tables;

/// <summary>A row as a writer in the table leaves it who has changed or removed one property.</summary>
public static class ForgedRow
{
    private const string State = "state";

    /// <summary>Forges a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="property">The property.</param>
    /// <param name="isRemoved">Whether it goes; otherwise it gets another value of the same type.</param>
    public static TableRow Of(TableRow row, string property, bool isRemoved)
    {
        ArgumentNullException.ThrowIfNull(row);
        var forged = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            if (name != property)
            {
                forged.Set(name, value);
            }
            else if (!isRemoved)
            {
                forged.Set(name, Other(name, value));
            }
        }

        return forged;
    }

    private static object Other(string name, object value) => value switch
    {
        string text when name == State => text == "live" ? "ended" : "live",
        string text => text + "x",
        int number => number == 3 ? 2 : number + 1, // the highest assurance level is 3
        long number => number + 1,
        bool flag => !flag,
        DateTimeOffset time => time.AddSeconds(1),
        byte[] { Length: 0 } => new byte[16],
        byte[] bytes => Flipped(bytes),
        _ => throw new InvalidOperationException($"No other value for {name}."),
    };

    private static byte[] Flipped(byte[] bytes)
    {
        byte[] flipped = [.. bytes];
        flipped[0] ^= 1;
        return flipped;
    }
}
