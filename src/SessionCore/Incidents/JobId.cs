using SessionCore.Sessions;

namespace SessionCore.Incidents;

/// <summary>Id of a job: <c>job_</c> and 32 hex digits. Ids of later jobs sort first.</summary>
/// <remarks>16 bytes: the time of creation, subtracted from the maximum (6), and random ones (10).</remarks>
public readonly record struct JobId
{
    /// <summary>The prefix of every id.</summary>
    public const string Prefix = "job_";

    private const int RandomBits = 80;
    private const long MaxMilliseconds = (1L << 48) - 1;

    private readonly UInt128 _value;

    private JobId(UInt128 value) => _value = value;

    /// <summary>Gets the time of creation, in whole milliseconds.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(MaxMilliseconds - (long)(_value >> RandomBits), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>Gets the row key, and the part of other keys that names the job.</summary>
    internal string Key => SessionLocator.Hex(_value);

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string? text, out JobId id)
    {
        id = default;
        return text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && TryParseKey(text.AsSpan(Prefix.Length), out id);
    }

    /// <inheritdoc/>
    public override string ToString() => Prefix + Key;

    internal static JobId New(DateTimeOffset now) => new(
        ((UInt128)(ulong)(MaxMilliseconds - now.ToUnixTimeMilliseconds()) << RandomBits) | (SessionLocator.NewId() & ((UInt128.One << RandomBits) - 1)));

    internal static bool TryParseKey(ReadOnlySpan<char> key, out JobId id)
    {
        var isKey = SessionLocator.TryParseHex(key, out var value);
        id = new JobId(value);
        return isKey;
    }
}
