using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bench.Peers.AspNetCoreAuthentication;

/// <summary>A feed of endings at a rate that no store on this machine would give: a made-up session ends every so often.</summary>
internal static class EndingsRoute
{
    private const int KeepSeconds = 277;
    private const int LifetimeSeconds = 120;
    private const int MostEntries = 2000;
    private const int HeaderBytes = 52;
    private const int EntryBytes = 20;

    public static void Map(WebApplication app, int perSecond)
    {
        app.MapGet("/api/v1/passport-keys", static () => Results.Json(new { keys = Array.Empty<object>() }));
        app.MapGet("/api/v1/endings", async (HttpContext context, string? after) =>
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var from = after is null ? now - (KeepSeconds * 1000L) : long.Parse(after, CultureInfo.InvariantCulture);
            var many = Math.Min((now - from) * perSecond / 1000, MostEntries);
            var to = perSecond == 0 ? now : Math.Min(now, from + (many * 1000 / perSecond));
            context.Response.ContentType = "application/vnd.session-endings";
            await context.Response.Body.WriteAsync(Body(to.ToString(CultureInfo.InvariantCulture), now, to, (int)many, more: now - to > 1000));
        });
    }

    private static byte[] Body(string cursor, long now, long to, int many, bool more)
    {
        var bytes = new byte[HeaderBytes + cursor.Length + (many * EntryBytes)];
        "SEN1"u8.CopyTo(bytes);
        bytes[4] = more ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)cursor.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), LifetimeSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), KeepSeconds);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), more ? 0 : now);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(48), (uint)many);
        Encoding.ASCII.GetBytes(cursor, bytes.AsSpan(HeaderBytes));
        var entries = bytes.AsSpan(HeaderBytes + cursor.Length);
        for (var entry = 0; entry < many; entry++)
        {
            RandomNumberGenerator.Fill(entries.Slice(entry * EntryBytes, EntryBytes - sizeof(uint)));
            BinaryPrimitives.WriteUInt32BigEndian(entries[((entry * EntryBytes) + EntryBytes - sizeof(uint))..], (uint)Math.Max(0, now - to));
        }

        return bytes;
    }
}
