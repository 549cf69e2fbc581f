namespace Support.TableServer.Storage;

/// <summary>Reads a log, while its server runs or after it was killed.</summary>
public static class LogFile
{
    /// <summary>All whole lines, in the order they took effect.</summary>
    public static IReadOnlyList<LogRecord> Read(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return Read(bytes.ToArray());
    }

    internal static long WholeLength(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') + 1;

    private static List<LogRecord> Read(ReadOnlyMemory<byte> bytes)
    {
        var records = new List<LogRecord>();
        while (bytes.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            records.Add(LogRecord.Parse(bytes[..end]));
            bytes = bytes[(end + 1)..];
        }

        return records;
    }
}
