using System.Text;

namespace Support.Faults;

/// <summary>A request to a table service, as a proxy sees it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Body">Its body.</param>
public sealed record ProxiedRequest(string Method, string Target, ReadOnlyMemory<byte> Body)
{
    /// <summary>Gets a value indicating whether it reads one row.</summary>
    public bool IsPointRead => Method == "GET" && Target.Contains("(PartitionKey=", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether it reads a page of rows.</summary>
    public bool IsQuery => Method == "GET" && Target.Contains("()", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether it writes, one row or several.</summary>
    public bool IsWrite => Method != "GET";

    /// <summary>Whether it names a table, in its address or within a transaction.</summary>
    public bool Names(string table) =>
        Target.Contains($"/{table}", StringComparison.Ordinal) || Body.Span.IndexOf(Encoding.ASCII.GetBytes($"/{table}")) >= 0;
}
