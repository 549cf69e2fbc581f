using System.Text;

namespace Bench.Limits;

/// <summary>The answers' bytes: JSON of 500 bytes for the static limit, of 700 bytes for what comes out of a store.</summary>
internal static class Sample
{
    public static readonly byte[] Static = Json(500);

    public static readonly byte[] Session = Json(700);

    private static byte[] Json(int length)
    {
        const string Start = """{"active":true,"session":{"userId":"user-000001","data":" """;
        const string End = "\"}}";
        return Encoding.UTF8.GetBytes(Start + new string('x', length - Start.Length - End.Length) + End);
    }
}
