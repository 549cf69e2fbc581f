using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Events;

/// <summary>Reader of an event's details, which this service has written.</summary>
internal static class EventData
{
    /// <summary>Returns the sids of an event of several sessions; none when it names none.</summary>
    public static IReadOnlyList<string> SidsOf(SessionEvent told)
    {
        using var data = JsonDocument.Parse(told.DataJson);
        return data.RootElement.TryGetProperty("sids"u8, out var sids) && sids.ValueKind is JsonValueKind.Array
            ? [.. sids.EnumerateArray().Select(sid => sid.GetString() ?? "")]
            : [];
    }
}
