using SessionApi.Bodies;
using SessionApi.Problems;
using SessionCore.Sessions;

namespace SessionApi.Rotation;

/// <summary>The body of a rotation, which may be left out.</summary>
internal static class RotateRequest
{
    private static readonly MemberNames Members = new("userId", "assuranceLevel");

    public static RotationRequest Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        var request = new RotationRequest();
        fault = null;
        if (json.IsEmpty)
        {
            return request;
        }

        var reader = new StrictJsonReader(json);
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            request = member == 0
                ? request with { UserId = reader.ReadText(1, RequestText.MaxUserIdCharacters) }
                : request with { AssuranceLevel = RequestLevel.Read(ref reader) };
        }

        fault = reader.Fault;
        return request;
    }
}
