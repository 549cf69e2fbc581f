using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>Reader of an assurance level in a request: aal1, aal2 or aal3.</summary>
internal static class RequestLevel
{
    /// <summary>Reads a level, or null.</summary>
    public static AssuranceLevel? Read(ref StrictJsonReader reader)
    {
        switch (reader.ReadText(1, 16))
        {
            case null:
                return null;
            case "aal1":
                return AssuranceLevel.Aal1;
            case "aal2":
                return AssuranceLevel.Aal2;
            case "aal3":
                return AssuranceLevel.Aal3;
            default:
                reader.FailMember("must be aal1, aal2 or aal3");
                return null;
        }
    }
}
