using System.Globalization;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;

namespace SessionApi.Operations;

/// <summary>Query parameters of a page of a list.</summary>
internal readonly record struct RequestPage(int Size, string? Continuation)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 100;
    private const int MaxContinuationCharacters = 1024;

    public static QueryParameter SizeParameter { get; } = new(
        "pageSize", "The maximum number of entries on a page.", """{"type":"integer","minimum":1,"maximum":100,"default":50}""");

    public static QueryParameter ContinuationParameter { get; } = new(
        "continuation", "The continuation token of the previous page.", """{"type":"string","maxLength":1024}""");

    public static Problem ContinuationRefused { get; } = SessionProblems.Parameter(
        ContinuationParameter.Name, "Not valid here. Allowed: the continuation of the previous page, with the same other parameters.");

    public static Problem? Read(Call call, out RequestPage page)
    {
        page = default;
        var size = DefaultSize;
        if (call.Query(SizeParameter.Name) is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxSize))
        {
            return SessionProblems.Parameter(SizeParameter.Name, $"Not allowed. Allowed: an integer from 1 to {MaxSize}.");
        }

        var continuation = call.Query(ContinuationParameter.Name);
        if (continuation is { Length: 0 or > MaxContinuationCharacters })
        {
            return ContinuationRefused;
        }

        page = new RequestPage(size, continuation);
        return null;
    }
}
