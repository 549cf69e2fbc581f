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
    public static string Json(HostSettings settings) => new JsonObject
    {
        ["url"] = settings.Url,
        ["serviceKey"] = settings.Service.Reveal(),
        ["operatorKey"] = settings.Operator.Reveal(),
        ["tables"] = settings.Tables,
        ["redis"] = settings.Redis,
    }.ToJsonString(Plain);

    /// <summary>A tour for people, to be pasted into a shell.</summary>
    public static string Tour(HostSettings settings) => $$$"""

        The session API runs at {{{settings.Url}}}/api
          docs         {{{settings.Url}}}/api/docs
          contract     {{{settings.Url}}}/api/openapi/v1.json
          health       {{{settings.Url}}}/api/health/ready
          tables       {{{settings.Tables}}}
          redis        {{{settings.Redis ?? "none: every answer comes from the table"}}}
          service key  {{{settings.Service.Reveal()}}}
          operator key {{{settings.Operator.Reveal()}}}

        A tour; paste it into another shell:

          API={{{settings.Url}}}/api KEY={{{settings.Service.Reveal()}}}
          service() { curl -sS -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; echo; }
          user() { curl -sS -H "Authorization: Bearer $TOKEN" "$@"; echo; }

          # A user signs in: create a session. The token is shown here only.
          CREATED=$(service $API/v1/sessions -d '{"userId":"ada","claims":{"role":"admin"},"data":{"theme":"dark"},"device":{"label":"Laptop"}}'); echo "$CREATED"
          TOKEN=$(echo "$CREATED" | sed 's/.*"token":"\([^"]*\)".*/\1/') SID=$(echo "$CREATED" | sed 's/.*"sid":"\(ses_[^"]*\)".*/\1/')

          # A request comes in: is its token good?
          service $API/v1/sessions/introspect -d "{\"token\":\"$TOKEN\"}"

          # The user asks who they are, and which devices they are signed in on.
          user $API/v1/session
          user $API/v1/me/sessions

          # Change the server-only data, one member of it.
          service -X PATCH $API/v1/sessions/$SID/data -d '{"theme":"light"}'

          # Sign out everywhere; the token is refused from now on.
          service -X DELETE "$API/v1/sessions?userId=ada"
          user $API/v1/session

        Ctrl+C stops everything.

        """;
}
