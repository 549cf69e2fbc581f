using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Maintenance;

namespace SessionApi.Operations;

/// <summary>Answers about maintenance. They contain nothing of a session or a user.</summary>
internal static class MaintenanceAnswers
{
    /// <summary>
    /// Deadline of an operation that runs a job: longer than the largest <c>Maintenance:OperationBudget</c>, shorter than the 230
    /// seconds after which Azure's load balancer ends a request.
    /// </summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(225);

    /// <summary>Answers 200 with the progress of a run.</summary>
    public static Task RunAsync(HttpContext context, MaintenanceReport report) => WriteAsync(context, json =>
    {
        WriteNumber(json, "runId", report.RunId);
        json.WriteBoolean("finished", report.IsFinished);
        json.WriteNumber("rangesWorked", report.RangesWorked);
        WriteCounts(json, report.Counts);
    });

    /// <summary>Answers 200 with the status of the jobs.</summary>
    public static Task StatusAsync(HttpContext context, MaintenanceStatus status) => WriteAsync(context, json =>
    {
        WriteJob(json, "purge", status.Purge);
        WriteJob(json, "rebuild", status.Rebuild);
        json.WriteNumber("backlogAgeSeconds", (long)status.BacklogAge.TotalSeconds);
        json.WriteStartObject("sessions");
        WriteNumber(json, "live", status.Sessions?.Live);
        WriteTime(json, "countedAt", status.Sessions?.CountedAt);
        json.WriteEndObject();
    });

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    public static void WriteJob(Utf8JsonWriter json, string name, MaintenanceJobStatus job)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("running", job.RunId is not null && !job.IsFinished);
        WriteTime(json, "nextRunAt", job.NextRunAt);
        WriteTime(json, "lastStartedAt", job.LastStartedAt);
        WriteTime(json, "lastFinishedAt", job.LastFinishedAt);
        WriteCounts(json, job.LastCounts);
        json.WriteStartObject("latest");
        WriteNumber(json, "runId", job.RunId);
        WriteTime(json, "startedAt", job.StartedAt);
        json.WriteBoolean("finished", job.IsFinished);
        json.WriteNumber("ranges", job.Ranges);
        json.WriteNumber("rangesDone", job.RangesDone);
        WriteCounts(json, job.Counts);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, IReadOnlyDictionary<MaintenanceCount, long> counts)
    {
        json.WriteNumber(
            "drift",
            counts.GetValueOrDefault(MaintenanceCount.HeadDrift)
            + counts.GetValueOrDefault(MaintenanceCount.DueDrift)
            + counts.GetValueOrDefault(MaintenanceCount.ListDrift));
        json.WriteStartObject("counts");
        foreach (var (what, number) in counts)
        {
            // Those of jobs over sessions: purge and rebuild have none.
            if (what is MaintenanceCount.Matched or MaintenanceCount.Ended or MaintenanceCount.ResultRows)
            {
                continue;
            }

            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(what.ToString()), number);
        }

        json.WriteEndObject();
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } instant)
        {
            json.WriteString(name, instant);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
