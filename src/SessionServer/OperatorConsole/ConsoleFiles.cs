using System.Collections.Frozen;

namespace SessionServer.OperatorConsole;

/// <summary>The built files of <c>src/SessionConsole</c>, embedded in this assembly together with their compressed forms.</summary>
internal static class ConsoleFiles
{
    /// <summary>The page itself.</summary>
    public const string Page = "index.html";

    private const string ResourcePrefix = "console/";

    private static readonly FrozenSet<string> Names = typeof(ConsoleFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
        .Select(name => name[ResourcePrefix.Length..].Replace('\\', '/'))
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Encodings = ["br", "gzip"];

    /// <summary>Gets a value indicating whether the console was built before this assembly.</summary>
    public static bool AreBuilt => Names.Contains(Page);

    /// <summary>Opens a file in the smallest form that the caller takes.</summary>
    /// <param name="name">Path below the console, with forward slashes.</param>
    /// <param name="acceptEncoding">The header of the request.</param>
    /// <param name="encoding">The content coding of the form; null for none.</param>
    /// <returns>Null when the file does not exist.</returns>
    public static Stream? Open(string name, string acceptEncoding, out string? encoding)
    {
        encoding = null;
        if (!Names.Contains(name) || IsCompressed(name))
        {
            return null;
        }

        encoding = Encodings.FirstOrDefault(candidate => Accepts(acceptEncoding, candidate) && Names.Contains(name + EndingOf(candidate)));
        return typeof(ConsoleFiles).Assembly.GetManifestResourceStream(ResourcePrefix + name + (encoding is null ? "" : EndingOf(encoding)));
    }

    private static bool IsCompressed(string name) => Encodings.Any(encoding => name.EndsWith(EndingOf(encoding), StringComparison.Ordinal));

    private static string EndingOf(string encoding) => encoding == "gzip" ? ".gz" : "." + encoding;

    // A coding with a weight of 0 is refused (RFC 9110 section 12.5.3).
    private static bool Accepts(string header, string encoding) => header
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(entry => entry.Split(';', 2, StringSplitOptions.TrimEntries))
        .Any(entry => entry[0].Equals(encoding, StringComparison.OrdinalIgnoreCase) && (entry.Length == 1 || entry[1].TrimEnd('0', '.') != "q="));
}
