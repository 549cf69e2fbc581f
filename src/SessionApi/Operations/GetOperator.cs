using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class GetOperator(IOptions<EventOptions> events, OperatorTrail trail) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetOperator,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/me",
        Group = "Operations",
        Access = Access.Service(Scopes.Support),
        Summary = "Who the caller is and what it may do, so that a console shows nothing else.",
        NeedsStore = false,
        Answers = [new(StatusCodes.Status200OK, "The caller.", "Operator")],
        Handler = typeof(GetOperator),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var caller = call.Service!; // the operation is for services
        using var buffer = new AnswerBuffer();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", caller.Id);
            json.WriteString("name", caller.Name);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(caller.Kind.ToString()));
            json.WriteStartArray("scopes");
            foreach (var scope in ScopeNames.NamesOf(caller.Scopes))
            {
                json.WriteStringValue(scope);
            }

            json.WriteEndArray();
            json.WriteStartObject("features");
            json.WriteBoolean("events", events.Value.Enabled);
            json.WriteBoolean("audit", trail.IsOn);
            json.WriteEndObject();
            json.WriteString("version", OpenApiDocument.Version);
            json.WriteEndObject();
        }

        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }
}
