using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>The <c>userId</c> of a query.</summary>
internal static class RequestUser
{
    public static QueryParameter Parameter { get; } = new(
        "userId", "Whose sessions.", """{"$ref":"#/components/schemas/UserId"}""", IsRequired: true);

    public static Problem Refused { get; } = SessionProblems.Parameter(
        Parameter.Name, $"It must be 1 to {RequestText.MaxUserIdCharacters} printable characters.");

    public static bool TryRead(Call call, out UInt128 partition)
    {
        partition = default;
        if (call.Query(Parameter.Name) is not { } userId || !RequestText.IsPrintable(userId, 1, RequestText.MaxUserIdCharacters))
        {
            return false;
        }

        partition = SessionLocator.PartitionOf(userId);
        return true;
    }
}
