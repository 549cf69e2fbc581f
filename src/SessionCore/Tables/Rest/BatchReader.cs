using System.Buffers.Text;
using System.Text;

namespace SessionCore.Tables.Rest;

/// <summary>Reads the answer to a transaction: one status for each write, or the one of the write that failed.</summary>
/// <param name="Status">The first status that is no success, or 204; 0 when the answer makes no sense.</param>
/// <param name="Code">The service's word for the failure.</param>
/// <param name="FailedIndex">Which write failed; -1 when none did.</param>
/// <param name="ETags">The new entity tags by position.</param>
internal sealed record BatchReader(int Status, string? Code, int FailedIndex, string?[] ETags)
{
    private static readonly BatchReader Nonsense = new(Status: 0, Code: null, FailedIndex: -1, ETags: []);

    // At the start of a line only: no line break gets into a JSON text, so no stored value can pose as a status.
    private static ReadOnlySpan<byte> StatusLine => "\r\nHTTP/1.1 "u8;

    public static BatchReader Read(ReadOnlySpan<byte> body, int writes)
    {
        var etags = new string?[writes];
        var part = 0;
        while (body.IndexOf(StatusLine) is var start and >= 0)
        {
            body = body[(start + StatusLine.Length)..];
            if (!Utf8Parser.TryParse(body, out int status, out _) || part == writes)
            {
                return Nonsense;
            }

            var headers = HeadersOf(body);
            if (status is < 200 or >= 300)
            {
                var error = StorageErrorText.Read(ContentOf(body));
                return new BatchReader(status, error.Code, error.Index >= 0 ? Math.Min(error.Index, writes - 1) : part, ETags: []);
            }

            etags[part++] = TagIn(headers);
            body = body[headers.Length..];
        }

        return part == writes ? new BatchReader(Status: 204, Code: null, FailedIndex: -1, etags) : Nonsense;
    }

    private static ReadOnlySpan<byte> HeadersOf(ReadOnlySpan<byte> part)
    {
        var end = part.IndexOf("\r\n\r\n"u8);
        return end < 0 ? part : part[..end];
    }

    // The JSON document up to the closing boundary; a JSON text here holds no line break.
    private static ReadOnlySpan<byte> ContentOf(ReadOnlySpan<byte> part)
    {
        var start = part.IndexOf((byte)'{');
        if (start < 0)
        {
            return [];
        }

        var content = part[start..];
        var end = content.IndexOf("\r\n--"u8);
        return end < 0 ? content : content[..end];
    }

    private static string? TagIn(ReadOnlySpan<byte> headers)
    {
        var start = headers.IndexOf("\r\nETag: "u8);
        if (start < 0)
        {
            return null;
        }

        var value = headers[(start + 8)..];
        var end = value.IndexOf("\r\n"u8);
        return Encoding.ASCII.GetString(end < 0 ? value : value[..end]);
    }
}
