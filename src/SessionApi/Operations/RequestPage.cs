using System.Globalization;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;

namespace SessionApi.Operations;

/// <summary>Which page of a list is asked for.</summary>
internal readonly record struct RequestPage(int Size, string? Continuation)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 100;
    private const int MaxContinuationCharacters = 1024;

    public static QueryParameter SizeParameter { get; } = new(
        "pageSize", "The most sessions of one page.", """{"type":"integer","minimum":1,"maximum":100,"default":50}""");

    public static QueryParameter ContinuationParameter { get; } = new(
        "continuation", "Where the page before said to go on.", """{"type":"string","maxLength":1024}""");

    public static Problem ContinuationRefused { get; } = SessionProblems.Parameter(
        ContinuationParameter.Name, "It must be the continuation of the page before, with the same other parameters.");

    public static Problem? Read(Call call, out RequestPage page)
    {
        page = default;
        var size = DefaultSize;
        if (call.Query(SizeParameter.Name) is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxSize))
        {
            return SessionProblems.Parameter(SizeParameter.Name, $"It must be a whole number from 1 to {MaxSize}.");
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
