using System.Text;

namespace SessionCore.Tables.Rest;

/// <summary>Writes an entity group transaction: one change set in a multipart body.</summary>
internal static class BatchWriter
{
    // The boundary may be fixed: it counts only at the start of a line, and no line break gets into JSON or an address.
    public const string ContentType = "multipart/mixed; boundary=batch_c2f1a0f6-3a53-4f6a-9f83-7b1d5c0e9a44";

    private static ReadOnlySpan<byte> Start =>
        "--batch_c2f1a0f6-3a53-4f6a-9f83-7b1d5c0e9a44\r\nContent-Type: multipart/mixed; boundary=changeset_8a4f7d1e-62b9-4c0b-b7e5-15d3f2a6c090\r\n\r\n"u8;

    private static ReadOnlySpan<byte> BeforeOperation =>
        "--changeset_8a4f7d1e-62b9-4c0b-b7e5-15d3f2a6c090\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8;

    private static ReadOnlySpan<byte> AfterAddress =>
        " HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\n"u8;

    private static ReadOnlySpan<byte> End =>
        "--changeset_8a4f7d1e-62b9-4c0b-b7e5-15d3f2a6c090--\r\n--batch_c2f1a0f6-3a53-4f6a-9f83-7b1d5c0e9a44--\r\n"u8;

    public static void Write(IReadOnlyList<TableWrite> writes, RestAddresses addresses, PooledBuffer body)
    {
        Append(body, Start);
        foreach (var write in writes)
        {
            Append(body, BeforeOperation);
            Append(body, Verb(write.Kind));
            Append(body, addresses.InTransaction(write));
            Append(body, AfterAddress);
            if (write.ETag is not null)
            {
                Append(body, "If-Match: "u8);
                Append(body, write.ETag);
                Append(body, "\r\n"u8);
            }

            if (write.Kind is not TableWriteKind.Delete)
            {
                Append(body, "Content-Type: application/json\r\n\r\n"u8);
                EntityWriter.Write(write.Row, body);
            }

            Append(body, "\r\n"u8);
        }

        Append(body, End);
    }

    private static ReadOnlySpan<byte> Verb(TableWriteKind kind) => kind switch
    {
        TableWriteKind.Insert => "POST "u8,
        TableWriteKind.Replace => "PUT "u8,
        TableWriteKind.Merge => "PATCH "u8,
        _ => "DELETE "u8,
    };

    private static void Append(PooledBuffer body, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(body.GetSpan(bytes.Length));
        body.Advance(bytes.Length);
    }

    private static void Append(PooledBuffer body, string text)
    {
        var span = body.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        body.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
