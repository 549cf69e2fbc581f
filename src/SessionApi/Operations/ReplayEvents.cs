using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Events;

namespace SessionApi.Operations;

internal sealed class ReplayEvents(EventPump events) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ReplayEvents,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/replay-events",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Gives the events that were parked back to delivery, with their ids. Events are parked when a target has not acknowledged them in 72 hours.",
        Deadline = MaintenanceAnswers.Deadline,
        Answers = [new(StatusCodes.Status200OK, "The number of events that are tried again.", "EventReplay")],
        Handler = typeof(ReplayEvents),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var replayed = await events.ReplayAsync(cancellationToken);
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("replayed", replayed);
            json.WriteEndObject();
        }

        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }
}
