using System.Text;
using SessionCore.Tables;

namespace Support.TableServer.Wire;

/// <summary>Reads and answers an entity group transaction: one change set in a multipart body (OData 3 batch format).</summary>
internal static class BatchText
{
    public const string AnswerType = "multipart/mixed; boundary=batchresponse";

    private const string LineEnd = "\r\n";
    private const string Part = "--changesetresponse\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";

    /// <summary>Reads the writes of a change set and the table they are for.</summary>
    /// <exception cref="FormatException">The body is none.</exception>
    public static (string Table, IReadOnlyList<TableWrite> Writes) Parse(string body)
    {
        const string Named = "boundary=changeset";
        var at = body.IndexOf(Named, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new FormatException("There is no change set.");
        }

        var boundary = "--" + body[(at + Named.Length - "changeset".Length)..body.IndexOf(LineEnd, at, StringComparison.Ordinal)];
        var operations = body.Split(LineEnd + boundary)[1..^1].Select(ReadOperation).ToArray();
        return (operations[0].Table, [.. operations.Select(operation => operation.Write)]);
    }

    /// <summary>The answer when all writes were applied.</summary>
    public static string Applied(IReadOnlyList<string?> etags) =>
        Whole(etags.Select(etag => $"HTTP/1.1 204 No Content{LineEnd}{(etag is null ? "" : $"ETag: {etag}{LineEnd}")}{LineEnd}"));

    /// <summary>The answer when none was applied.</summary>
    public static string Refused(TableProblem problem, int index) => Whole(
        [$"HTTP/1.1 {problem.Status} {problem.Code}{LineEnd}Content-Type: application/json{LineEnd}{LineEnd}{problem.ToJson(index)}"]);

    private static string Whole(IEnumerable<string> parts)
    {
        var text = new StringBuilder("--batchresponse\r\nContent-Type: multipart/mixed; boundary=changesetresponse\r\n\r\n");
        foreach (var part in parts)
        {
            text.Append(Part).Append(part).Append(LineEnd);
        }

        return text.Append("--changesetresponse--\r\n--batchresponse--\r\n").ToString();
    }

    // MIME headers, the request with its headers, its body: parted by empty lines.
    private static (string Table, TableWrite Write) ReadOperation(string part)
    {
        var sections = part.Split(LineEnd + LineEnd, 3);
        var lines = sections[1].Split(LineEnd);
        var request = lines[0].Split(' ');
        var address = TableAddress.Parse(request[1]) ?? throw new FormatException("A write names no row.");
        var etag = lines.FirstOrDefault(line => line.StartsWith("If-Match: ", StringComparison.Ordinal))?["If-Match: ".Length..];
        return (address.Table, WriteText.Read(request[0], address, etag, sections.Length > 2 ? sections[2] : ""));
    }
}
