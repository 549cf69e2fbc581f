using Microsoft.Extensions.Primitives;

namespace SessionApi.Http;

internal static class ContentTypes
{
    public static readonly StringValues Json = "application/json; charset=utf-8";
    public static readonly StringValues JsonLines = "application/x-ndjson";
    public static readonly StringValues Problem = "application/problem+json; charset=utf-8";
}
