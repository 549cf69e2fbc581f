using Support.Http;

namespace SessionServer.Tests.Documents;

/// <summary>The examples of passports in docs/http-api.md.</summary>
internal static class PassportExamples
{
    public static async Task SendAsync(HttpExamples examples, ApiClient api)
    {
        var (_, token) = await api.CreateAsync("dora");
        await examples.SendAsync("passport", "POST /v1/session/passport", token, """{"audience":"orders"}""");
        await examples.SendAsync(
            "passport", "POST /v1/sessions/introspect", api.ServiceKey, $$$"""{"token":"{{{token}}}","passport":{"audience":"orders"}}""", only: ["active", "session.userId", "passport"]);
        await examples.SendAsync("passport", "POST /v1/session/passport", token, """{"audience":"payments"}""");
    }
}
