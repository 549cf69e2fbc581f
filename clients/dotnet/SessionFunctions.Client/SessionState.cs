using System.Text.Json.Serialization;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client;

/// <summary>State of a session.</summary>
[JsonConverter(typeof(SessionStateConverter))]
public enum SessionState
{
    /// <summary>The session is accepted.</summary>
    Live,

    /// <summary>The session has ended and is never accepted again.</summary>
    Ended,
}
