using System.Text.Json;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

/// <summary>Answer with the overview. It contains nothing of a session or a user.</summary>
internal static class OverviewAnswer
{
    private const int MostParkedCounted = 1000;

    public static byte[] Render(Overview overview)
    {
        using var buffer = new AnswerBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", overview.At.UtcDateTime);
            json.WriteString("version", OpenApiDocument.Version);
            WriteSessions(json, overview);
            json.WriteNumber("backlogAgeSeconds", (long)overview.Maintenance.BacklogAge.TotalSeconds);
            MaintenanceAnswers.WriteJob(json, "purge", overview.Maintenance.Purge);
            MaintenanceAnswers.WriteJob(json, "rebuild", overview.Maintenance.Rebuild);
            WriteCache(json, overview.Cache);
            WriteKeys(json, overview.Keys);
            MaintenanceAnswers.WriteTime(json, "revokeBefore", overview.RevokeBefore);
            WriteEvents(json, overview);
            json.WriteStartObject("jobs");
            json.WriteNumber("running", overview.RunningJobs);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.Written.ToArray();
    }

    private static void WriteSessions(Utf8JsonWriter json, Overview overview)
    {
        json.WriteStartObject("sessions");
        MaintenanceAnswers.WriteNumber(json, "live", overview.Maintenance.Sessions?.Live);
        MaintenanceAnswers.WriteTime(json, "countedAt", overview.Maintenance.Sessions?.CountedAt);
        json.WriteEndObject();
        json.WriteStartArray("hours");
        foreach (var hour in overview.Maintenance.Hours)
        {
            json.WriteStartObject();
            json.WriteString("hour", hour.Hour.UtcDateTime);
            json.WriteNumber("created", hour.Created);
            json.WriteNumber("ended", hour.Ended);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCache(Utf8JsonWriter json, CacheHealth health)
    {
        json.WriteStartObject("cache");
        json.WriteBoolean("configured", health is not CacheHealth.Off);
        json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(health.ToString()));
        json.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter json, IReadOnlyList<OverviewKey> keys)
    {
        json.WriteStartArray("keys");
        foreach (var key in keys)
        {
            json.WriteStartObject();
            json.WriteNumber("id", key.Id);
            json.WriteString("state", key.IsActive ? "active" : "read");
            MaintenanceAnswers.WriteTime(json, "since", key.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvents(Utf8JsonWriter json, Overview overview)
    {
        json.WriteStartObject("events");
        json.WriteBoolean("enabled", overview.EventsEnabled);
        json.WriteNumber("parked", overview.ParkedEvents);
        json.WriteBoolean("parkedIsMinimum", overview.ParkedEvents >= MostParkedCounted);
        json.WriteStartArray("targets");
        foreach (var target in overview.Targets)
        {
            json.WriteStartObject();
            json.WriteString("name", target.Name);
            json.WriteStartArray("types");
            foreach (var type in target.Types)
            {
                json.WriteStringValue(type);
            }

            json.WriteEndArray();
            json.WriteString("state", target.IsFailing ? "failing" : "ok");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
