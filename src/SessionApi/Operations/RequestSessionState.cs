using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Query parameter <c>state</c> of a list of sessions.</summary>
internal static class RequestSessionState
{
    public static QueryParameter Parameter { get; } = new("state", "The state of the sessions to list.", SchemaOf("live"));

    public static Problem Refused { get; } = SessionProblems.Parameter(Parameter.Name, "Unknown value. Allowed: live, ended, all.");

    public static string SchemaOf(string byDefault) => $$"""{"type":"string","enum":["live","ended","all"],"default":"{{byDefault}}"}""";

    /// <summary>Reads the state; null for an unknown value.</summary>
    public static SessionListState? Read(Call call, SessionListState byDefault) => call.Query(Parameter.Name) switch
    {
        null => byDefault,
        "live" => SessionListState.Live,
        "ended" => SessionListState.Ended,
        "all" => SessionListState.All,
        _ => null,
    };
}
