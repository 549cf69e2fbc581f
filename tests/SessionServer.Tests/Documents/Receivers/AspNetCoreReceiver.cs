using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace SessionServer.Tests.Documents.Receivers;

/// <summary>The receiver of docs/events.md.</summary>
internal static class AspNetCoreReceiver
{
    public static void Map(IEndpointRouteBuilder app, Action<string?> endSockets)
    {
        // receiver: begin
        app.MapPost("/hooks/sessions", async (HttpRequest request, IConfiguration settings) =>
        {
            var body = await new StreamReader(request.Body).ReadToEndAsync();
            var (id, at) = (request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString());
            var key = Convert.FromBase64String(settings["SessionsWebhookSecret"]!["whsec_".Length..]);
            var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{at}.{body}"));
            var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(mac));
            var isSigned = request.Headers["webhook-signature"].ToString().Split(' ').Any(signature =>
                CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), expected));
            _ = long.TryParse(at, CultureInfo.InvariantCulture, out var seconds);
            var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - seconds;
            if (!isSigned || Math.Abs(age) > 300)
            {
                return Results.Unauthorized();
            }

            var told = JsonElement.Parse(body);
            if (told.GetProperty("type").GetString() == "session.ended")
            {
                endSockets(told.GetProperty("data").GetProperty("sid").GetString());
            }

            return Results.NoContent(); // any other answer, and the event comes again
        });

        // receiver: end
    }
}
