using System.Globalization;

namespace Bench.Runner.Loads;

/// <summary>What every contender keeps in a session: the same content, so that the answers differ only by what each adds of its own.</summary>
internal static class SampleSession
{
    public const string Claims = """{"roles":["reader","editor"],"tenant":"contoso"}""";

    public const string Data = """{"cart":[{"sku":"BK-1042","count":2},{"sku":"PN-0007","count":12}],"locale":"de-CH","theme":"dark","lastPage":"/orders/2041"}""";

    public const string Device = """{"label":"Firefox on Linux","userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0","ipAddress":"203.0.113.7"}""";

    /// <summary>A change of one member of the data.</summary>
    public const string Patch = """{"lastPage":"/orders/2042"}""";

    public static string UserOf(long user) => string.Create(CultureInfo.InvariantCulture, $"user-{user:D8}");

    /// <summary>The body that creates a session of this user.</summary>
    public static string Of(long user) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"userId":"{{UserOf(user)}}","claims":{{Claims}},"data":{{Data}},"device":{{Device}}}""");
}
