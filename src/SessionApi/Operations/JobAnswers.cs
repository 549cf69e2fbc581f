using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Http;
using SessionCore.Incidents;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Answers about jobs. The ids of users in a filter are kept as digests, so only their number is told.</summary>
internal static class JobAnswers
{
    /// <summary>Answers with a job.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="job">The job.</param>
    /// <param name="sample">Sessions as JSON; null to leave them out.</param>
    public static async Task JobAsync(HttpContext context, int status, SessionJob job, IReadOnlyList<byte[]>? sample)
    {
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, job, sample);
        }

        await Answer.JsonAsync(context, status, buffer.Written);
    }

    /// <summary>Changes the state of the job in the path, and answers 200 with the job.</summary>
    /// <param name="call">The call.</param>
    /// <param name="change">Changes the job with an id, unless it is finished. Returns it as it is then; null when it does not exist.</param>
    /// <returns>The problem when the job does not exist or is finished.</returns>
    public static async ValueTask<Problem?> ChangedAsync(Call call, Func<JobId, Task<SessionJob?>> change)
    {
        if (!call.TryGetJob(out var id) || await change(id) is not { } job)
        {
            return SessionProblems.JobNotFound;
        }

        if (job.State is JobState.Finished)
        {
            return SessionProblems.JobFinished;
        }

        await JobAsync(call.Http, StatusCodes.Status200OK, job, sample: null);
        return null;
    }

    /// <summary>Answers 200 with jobs.</summary>
    public static async Task JobsAsync(HttpContext context, IReadOnlyList<SessionJob> jobs)
    {
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("jobs");
            foreach (var job in jobs)
            {
                Write(json, job, sample: null);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    private static void Write(Utf8JsonWriter json, SessionJob job, IReadOnlyList<byte[]>? sample)
    {
        json.WriteStartObject();
        json.WriteString("id", job.Id.ToString());
        json.WriteString("kind", NameOf(job.Request.Kind));
        json.WriteBoolean("dryRun", job.Request.DryRun);
        json.WriteString("reason", job.Request.Reason);
        WriteFilter(json, job);
        json.WriteString("state", NameOf(job.State));
        MaintenanceAnswers.WriteTime(json, "createdAt", job.CreatedAt);
        json.WriteStartObject("createdBy");
        json.WriteString("id", job.Request.CallerId);
        json.WriteString("name", job.Request.CallerName);
        json.WriteEndObject();
        MaintenanceAnswers.WriteTime(json, "finishedAt", job.FinishedAt);
        MaintenanceAnswers.WriteTime(json, "expiresAt", job.ExpiresAt);
        WriteProgress(json, job.Progress);
        if (sample is not null)
        {
            json.WriteStartArray("sample");
            foreach (var session in sample)
            {
                json.WriteRawValue(session, skipInputValidation: true);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, SessionJob job)
    {
        var filter = job.Request.Filter;
        json.WriteStartObject("filter");
        if (job.UserCount is { } users)
        {
            json.WriteNumber("userCount", users);
        }

        WriteTime(json, "createdFrom", filter.CreatedFrom);
        WriteTime(json, "createdBefore", filter.CreatedBefore);
        WriteTime(json, "lastSeenFrom", filter.LastSeenFrom);
        WriteTime(json, "lastSeenBefore", filter.LastSeenBefore);
        if (filter.Addresses is { } addresses)
        {
            json.WriteStartArray("addresses");
            foreach (var network in addresses)
            {
                json.WriteStringValue(network.ToString());
            }

            json.WriteEndArray();
        }

        WriteText(json, "userAgentContains", filter.UserAgentContains);
        WriteText(json, "assuranceBelow", filter.AssuranceBelow is { } level ? AssuranceLevelNames.Of(level) : null);
        WriteText(json, "methodMissing", filter.MethodMissing);
        WriteText(json, "client", filter.Client);
        json.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter json, JobProgress progress)
    {
        json.WriteStartObject("progress");
        json.WriteNumber("percent", Math.Round(100 * progress.Part, 1));
        json.WriteNumber("examined", progress.Examined);
        json.WriteNumber("matched", progress.Matched);
        json.WriteNumber("ended", progress.Ended);
        json.WriteNumber("ratePerSecond", Math.Round(progress.RatePerSecond, 1));
        json.WriteNumber("ranges", progress.Ranges);
        json.WriteNumber("rangesDone", progress.RangesDone);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is not null)
        {
            MaintenanceAnswers.WriteTime(json, name, time);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
