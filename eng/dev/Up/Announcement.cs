using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dev.Up;

/// <summary>What <c>up</c> says when the API answers.</summary>
internal static class Announcement
{
    // A shell or a program reads it, never a browser; a connection string stays as it is.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line for programs.</summary>
    public static string Json(HostSettings settings, string? consoleUrl) => new JsonObject
    {
        ["url"] = settings.Url,
        ["serviceKey"] = settings.ServiceKey,
        ["operatorKey"] = settings.OperatorKey,
        ["consoleUrl"] = consoleUrl,
        ["tables"] = settings.Tables,
        ["redis"] = settings.Redis,
        ["processId"] = Environment.ProcessId,
    }.ToJsonString(Plain);

    /// <summary>A tour for people, to be pasted into a shell.</summary>
    /// <param name="settings">What the host was started with.</param>
    /// <param name="consoleUrl">The console with a sign-in for once; null where the host serves none.</param>
    public static string Tour(HostSettings settings, string? consoleUrl) => $$$"""

        The session API runs at {{{settings.Url}}}/api
          console       {{{consoleUrl ?? "with Kestrel: 'dotnet dev.cs up' without --functions"}}}
          docs          {{{settings.Url}}}/docs
          contract      {{{settings.Url}}}/api/openapi/v1.json
          health        {{{settings.Url}}}/api/health/ready
          tables        {{{settings.Tables}}}
          redis         {{{settings.Redis ?? "none: every answer comes from the table"}}}
          service key   {{{settings.ServiceKey}}}
          operator key  {{{settings.OperatorKey}}}

        For an application that uses a client package (clients/README.md):

        export SESSIONS_URL={{{settings.Url}}}/api SESSIONS_KEY={{{settings.ServiceKey}}}

        A tour, to be pasted into another shell:

        export URL={{{settings.Url}}} KEY={{{settings.ServiceKey}}}
        service() { curl -sS -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; echo; }
        user() { curl -sS -H "Authorization: Bearer $TOKEN" "$@"; echo; }

        # A back end creates a session when alice signs in. The token is shown this once.
        CREATED=$(service $URL/api/v1/sessions -d '{"userId":"alice","claims":{"role":"admin"},"data":{"cart":[]},"device":{"label":"Laptop"}}'); echo "$CREATED"
        TOKEN=$(echo "$CREATED" | sed 's/.*"token":"\([^"]*\)".*/\1/'); SID=$(echo "$CREATED" | sed 's/.*"sid":"\(ses_[^"]*\)".*/\1/')

        # Every later request validates it, or the client asks itself.
        service $URL/api/v1/sessions/introspect -d "{\"token\":\"$TOKEN\"}"
        user $URL/api/v1/session

        # Change one member of the data that only services see.
        service -X PATCH $URL/api/v1/sessions/$SID/data -d '{"theme":"dark"}'

        # Alice's devices, and out everywhere: from now on her token is refused.
        user $URL/api/v1/me/sessions
        service -X DELETE "$URL/api/v1/sessions?userId=alice"
        user $URL/api/v1/session

        Ctrl+C stops everything.

        """;
}
