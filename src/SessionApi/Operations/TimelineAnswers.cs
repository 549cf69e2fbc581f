using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Events;

namespace SessionApi.Operations;

/// <summary>Answers with a page of a timeline.</summary>
internal static class TimelineAnswers
{
    public const string Schema = "Timeline";

    /// <summary>Answers 200 with a page.</summary>
    public static async Task PageAsync(HttpContext context, TimelinePage page)
    {
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("entries"u8);
            foreach (var entry in page.Entries)
            {
                Write(json, entry);
            }

            json.WriteEndArray();
            if (page.Continuation is { } continuation)
            {
                json.WriteString("continuation"u8, continuation);
            }

            json.WriteEndObject();
        }

        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    private static void Write(Utf8JsonWriter json, TimelineEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, entry.Event.Id);
        json.WriteString("type"u8, entry.Event.Type);
        json.WriteString("time"u8, entry.Event.At);
        if (entry.Number is { } number)
        {
            json.WriteNumber("number"u8, number);
        }

        json.WritePropertyName("data"u8);
        json.WriteRawValue(entry.Event.DataJson.Span, skipInputValidation: true); // this service has written it
        json.WriteEndObject();
    }
}
