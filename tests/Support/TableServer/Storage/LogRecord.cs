using System.Text.Json;
using SessionCore.Tables;
using Support.TableServer.Wire;

namespace Support.TableServer.Storage;

/// <summary>One line of the log: a table that was created, or writes that were applied together.</summary>
/// <param name="At">When it took effect, by the machine's monotonic clock (<see cref="TimeProvider.GetTimestamp"/>).</param>
/// <param name="Table">The table.</param>
/// <param name="Writes">The writes in their order; none for a creation.</param>
public sealed record LogRecord(long At, string Table, IReadOnlyList<TableWrite> Writes)
{
    /// <summary>The line, with its end.</summary>
    internal byte[] ToLine()
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("at", At);
            json.WriteString("table", Table);
            json.WriteStartArray("writes");
            foreach (var write in Writes)
            {
                json.WriteStartObject();
                json.WriteString("kind", write.Kind.ToString());
                json.WriteString("etag", write.ETag);
                json.WritePropertyName("row");
                EntityJson.Write(json, write.Row);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>Reads a line that <see cref="ToLine"/> wrote.</summary>
    internal static LogRecord Parse(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new LogRecord(
            root.GetProperty("at").GetInt64(),
            root.GetProperty("table").GetString() ?? "",
            [.. root.GetProperty("writes").EnumerateArray().Select(ReadWrite)]);
    }

    private static TableWrite ReadWrite(JsonElement json)
    {
        var row = EntityJson.Read(json.GetProperty("row"));
        var etag = json.GetProperty("etag").GetString() ?? "";
        return Enum.Parse<TableWriteKind>(json.GetProperty("kind").GetString() ?? "") switch
        {
            TableWriteKind.Insert => TableWrite.Insert(row),
            TableWriteKind.Replace => TableWrite.Replace(row, etag),
            TableWriteKind.Merge => TableWrite.Merge(row, etag),
            _ => TableWrite.Delete(row.PartitionKey, row.RowKey, etag),
        };
    }
}
