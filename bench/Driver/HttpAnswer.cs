using System.Buffers.Text;

namespace Bench.Driver;

/// <summary>The frame of one HTTP/1.1 answer at the start of a buffer: just enough of RFC 9112 to know where it ends.</summary>
/// <param name="Status">The status code.</param>
/// <param name="HeadLength">Bytes of status line and headers, with the empty line.</param>
/// <param name="Length">Bytes of the whole answer.</param>
/// <param name="Close">Whether the server closes the connection after it.</param>
internal readonly record struct HttpAnswer(int Status, int HeadLength, int Length, bool Close)
{
    private const int StatusAt = 9;

    /// <summary>Reads the frame; false when the answer is not all there yet.</summary>
    /// <exception cref="InvalidDataException">The bytes are no answer that this driver can frame.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, out HttpAnswer answer)
    {
        answer = default;
        var end = buffer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        if (!buffer.StartsWith("HTTP/1."u8) || !Utf8Parser.TryParse(buffer[StatusAt..], out int status, out _))
        {
            throw new InvalidDataException("The server's bytes do not start with an HTTP/1.x status line.");
        }

        var headLength = end + 4;
        var framing = ReadFraming(buffer[..(end + 2)]);
        if (status is 204 or 304)
        {
            framing = framing with { ContentLength = 0, Chunked = false };
        }

        var bodyLength = framing.Chunked ? ChunkedLength(buffer[headLength..]) : framing.ContentLength;
        if (bodyLength < 0 || buffer.Length - headLength < bodyLength)
        {
            return false;
        }

        answer = new HttpAnswer(status, headLength, headLength + bodyLength, framing.Close);
        return true;
    }

    private static Framing ReadFraming(ReadOnlySpan<byte> head)
    {
        var framing = default(Framing);
        for (var rest = head[(head.IndexOf((byte)'\n') + 1)..]; rest.Length > 0;)
        {
            var lineEnd = rest.IndexOf((byte)'\n');
            var line = rest[..(lineEnd - 1)];
            rest = rest[(lineEnd + 1)..];
            if (Is(line, "content-length:"u8))
            {
                _ = Utf8Parser.TryParse(line["content-length:".Length..].TrimStart((byte)' '), out int length, out _);
                framing = framing with { ContentLength = length };
            }
            else if (Is(line, "transfer-encoding:"u8))
            {
                framing = framing with { Chunked = true };
            }
            else if (Is(line, "connection: close"u8))
            {
                framing = framing with { Close = true };
            }
        }

        return framing;
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lowerCaseStart)
        => line.Length >= lowerCaseStart.Length
            && (line[0] | 0x20) == lowerCaseStart[0]
            && System.Text.Ascii.EqualsIgnoreCase(line[..lowerCaseStart.Length], lowerCaseStart);

    private static int ChunkedLength(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (true)
        {
            var lineEnd = body[at..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                return -1;
            }

            if (!Utf8Parser.TryParse(body.Slice(at, lineEnd), out int size, out _, 'X'))
            {
                throw new InvalidDataException("A chunk of the answer has no size.");
            }

            // The size line, the chunk, and the line end behind it; the last chunk has size 0 and no trailers here.
            at += lineEnd + 2 + size + 2;
            if (at > body.Length)
            {
                return -1;
            }

            if (size == 0)
            {
                return at;
            }
        }
    }

    private readonly record struct Framing(int ContentLength, bool Chunked, bool Close);
}
