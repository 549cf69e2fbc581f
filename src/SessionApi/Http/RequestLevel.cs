using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>Reader of an assurance level in a request: aal1, aal2 or aal3.</summary>
internal static class RequestLevel
{
    /// <summary>Reads a level, or null.</summary>
    public static AssuranceLevel? Read(ref StrictJsonReader reader)
    {
        if (reader.ReadText(1, 16) is not { } text)
        {
            return null;
        }

        if (AssuranceLevelNames.Parse(text) is { } level)
        {
            return level;
        }

        reader.FailMember("must be aal1, aal2 or aal3");
        return null;
    }
}
