using SessionApi.Callers;
using SessionApi.Http;

namespace SessionApi.Operations;

/// <summary>Query parameter with the value <c>true</c> or <c>false</c>.</summary>
internal static class RequestFlag
{
    public const string Schema = """{"type":"boolean","default":false}""";

    public static Problem? Read(Call call, string name, out bool isSet)
    {
        var value = call.Query(name);
        isSet = value == "true";
        return value is null or "true" or "false" ? null : SessionProblems.Parameter(name, "Unknown value. Allowed: true, false.");
    }
}
