using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>Conditional requests (RFC 9110 section 13). No representation has a modification date, so only entity tags count.</summary>
internal static class Preconditions
{
    /// <summary>Returns the problem of a malformed conditional header; null when there is none.</summary>
    public static Problem? Check(IHeaderDictionary headers)
    {
        if (headers.IfMatch.Count > 0 && !TryParse(headers.IfMatch, out _))
        {
            return SessionProblems.Header(HeaderNames.IfMatch, "Malformed. Allowed: * or a list of entity tags such as \"3\".");
        }

        return headers.IfNoneMatch.Count > 0 && !TryParse(headers.IfNoneMatch, out _)
            ? SessionProblems.Header(HeaderNames.IfNoneMatch, "Malformed. Allowed: * or a list of entity tags such as \"3\".")
            : null;
    }

    /// <summary>Returns the condition of a write, or null. The headers must have passed <see cref="Check"/>.</summary>
    public static VersionCondition? OfWrite(IHeaderDictionary headers)
    {
        if (headers.IfMatch.Count == 0 && headers.IfNoneMatch.Count == 0)
        {
            return null;
        }

        var condition = new VersionCondition();
        if (headers.IfMatch.Count > 0 && TryParse(headers.IfMatch, out var match))
        {
            // The strong comparison: a weak tag matches nothing.
            condition = IsAny(match)
                ? condition with { IfPresent = true }
                : condition with { IfMatch = [.. match.Where(tag => !tag.IsWeak).Select(VersionOf).OfType<long>()] };
        }

        if (headers.IfNoneMatch.Count > 0 && TryParse(headers.IfNoneMatch, out var noneMatch))
        {
            condition = IsAny(noneMatch)
                ? condition with { IfAbsent = true }
                : condition with { IfNoneMatch = [.. noneMatch.Select(VersionOf).OfType<long>()] };
        }

        return condition;
    }

    /// <summary>Evaluates the conditions of a GET or HEAD against the selected representation.</summary>
    /// <returns>Null to send the representation; otherwise 304 or 412.</returns>
    public static int? OfRead(HttpRequest request, string entityTag)
    {
        var headers = request.Headers;
        if ((headers.IfMatch.Count == 0 && headers.IfNoneMatch.Count == 0) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            return null;
        }

        if (headers.IfMatch.Count > 0 && TryParse(headers.IfMatch, out var match) && !IsAny(match) && !match.Any(tag => !tag.IsWeak && tag.Tag == entityTag))
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        return headers.IfNoneMatch.Count > 0 && TryParse(headers.IfNoneMatch, out var none) && (IsAny(none) || none.Any(tag => tag.Tag == entityTag))
            ? StatusCodes.Status304NotModified
            : null;
    }

    private static bool TryParse(StringValues header, out IList<EntityTagHeaderValue> tags) =>
        EntityTagHeaderValue.TryParseStrictList(header, out tags!) && tags.Count > 0 && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any));

    private static bool IsAny(IList<EntityTagHeaderValue> tags) => tags is [var tag] && tag.Equals(EntityTagHeaderValue.Any);

    // A tag in another format is no version and matches nothing.
    private static long? VersionOf(EntityTagHeaderValue tag) => EntityTag.TryParse(tag.Tag.AsSpan(), out var version) ? version : null;
}
