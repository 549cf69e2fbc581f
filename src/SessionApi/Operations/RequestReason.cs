using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Query parameter <c>reason</c>.</summary>
internal static class RequestReason
{
    public static QueryParameter Parameter { get; } = new(
        "reason",
        "The reason, for the user and for audits.",
        """{"type":"string","pattern":"^[a-z0-9]+(-[a-z0-9]+)*$","maxLength":64,"default":"revoked"}""");

    public static Problem? Read(Call call, out string reason)
    {
        reason = call.Query(Parameter.Name) ?? EndReasons.Revoked;
        return RequestText.IsReason(reason)
            ? null
            : SessionProblems.Parameter(
                Parameter.Name, $"Not allowed. Allowed: words of a-z and 0-9 joined by hyphens, at most {RequestText.MaxReasonCharacters} characters.");
    }
}
