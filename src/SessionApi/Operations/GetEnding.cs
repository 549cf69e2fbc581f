using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class GetEnding(SessionService sessions, SessionAnswers answers, IOptions<PassportOptions> passports) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetEnding,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/endings/{sid}",
        Group = "Passports",
        Access = Access.Service(Scopes.Endings),
        Summary = "Tells whether a session has ended, for a back end whose knowledge from the feed is too old. A session that does not exist has ended.",
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "Whether it has ended.", "Ending")],
        Problems = [ProblemTypes.PassportsOff, ProblemTypes.SessionNotFound],
        Handler = typeof(GetEnding),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!passports.Value.Enabled)
        {
            return SessionProblems.PassportsOff;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var reading = await sessions.FindAsync(id, call.Consistency, cancellationToken);
        using var buffer = new AnswerBuffer();
        buffer.Append("{\"sid\":\""u8);
        buffer.AppendAscii(id.ToString());
        if (reading.Live is { } live)
        {
            buffer.Append("\",\"ended\":false,\"version\":"u8);
            buffer.Append(live.Version);
            buffer.Append("}"u8);
        }
        else
        {
            buffer.Append("\",\"ended\":true}"u8);
        }

        answers.Tell(call.Http, reading);
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }
}
