using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Query parameter <c>userId</c>.</summary>
internal static class RequestUser
{
    public static QueryParameter Parameter { get; } = new(
        "userId", "The id of the user.", """{"$ref":"#/components/schemas/UserId"}""", IsRequired: true);

    public static Problem Refused { get; } = SessionProblems.Parameter(
        Parameter.Name, "The value " + RequestText.UserIdRule + ".");

    public static bool TryRead(Call call, out UInt128 partition)
    {
        partition = default;
        if (call.Query(Parameter.Name) is not { } userId || !RequestText.IsUserId(userId))
        {
            return false;
        }

        partition = SessionLocator.PartitionOf(userId);
        return true;
    }
}
