using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Events.Log;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class ReadEvents(EventLog log, RequestWait waits, IOptions<EventOptions> options) : IOperationHandler
{
    private const string AfterName = "after";
    private const string LimitName = "limit";
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ReadEvents,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/events",
        Group = "Events",
        Access = Access.Service(Scopes.Events),
        Summary = "Reads the events after a cursor, in the order of each session. The cursor never skips an event and may repeat one, under the same id.",
        Query =
        [
            new(AfterName, "The cursor of the last answer; without it, the oldest event that is kept.", """{"type":"string","maxLength":200}"""),
            new(LimitName, "The maximum number of events.", """{"type":"integer","minimum":1,"maximum":500,"default":100}"""),
        ],
        Waits = true,
        Answers = [new(StatusCodes.Status200OK, "Events; none when there are none.", "EventPage")],
        Problems = [ProblemTypes.CursorForeign, ProblemTypes.CursorExpired, ProblemTypes.EventsOff],
        Handler = typeof(ReadEvents),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var limit = DefaultLimit;
        if (call.Query(LimitName) is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return SessionProblems.Parameter(LimitName, $"Not allowed. Allowed: an integer from 1 to {MaxLimit}.");
        }

        if (waits.Read(call.Http, out var wait) is { } refusal)
        {
            return refusal;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Http.RequestAborted, waits.Stopping);
        var reading = await log.ReadAsync(call.Query(AfterName), limit, wait, ends.Token);
        switch (reading.Outcome)
        {
            case EventLogOutcome.Off:
                return SessionProblems.EventsOff;
            case EventLogOutcome.CursorMalformed:
                return SessionProblems.Parameter(AfterName, "Not a cursor. Allowed: the cursor of an earlier answer.");
            case EventLogOutcome.CursorForeign:
                return SessionProblems.CursorForeign;
            case EventLogOutcome.CursorExpired:
                return SessionProblems.CursorExpired;
        }

        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(json, reading, options.Value.Source);
        }

        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }

    private static void Write(Utf8JsonWriter json, EventLogReading reading, string source)
    {
        json.WriteStartObject();
        json.WriteString("cursor"u8, reading.Cursor);
        json.WriteBoolean("more"u8, reading.HasMore);
        if (reading.CompleteAsOf is { } completeAsOf)
        {
            json.WriteString("completeAsOf"u8, completeAsOf.UtcDateTime);
        }

        json.WriteStartArray("events"u8);
        foreach (var told in reading.Events)
        {
            Write(json, told.Event, source);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The JSON format of CloudEvents 1.0, as a webhook gets it.
    private static void Write(Utf8JsonWriter json, SessionEvent told, string source)
    {
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, told.Id);
        json.WriteString("type"u8, told.Type);
        json.WriteString("source"u8, source);
        if (told.Subject is { } subject)
        {
            json.WriteString("subject"u8, subject);
        }

        json.WriteString("time"u8, told.At.UtcDateTime);
        json.WriteString("datacontenttype"u8, "application/json"u8);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(told.DataJson.Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}
