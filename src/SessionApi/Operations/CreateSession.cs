using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class CreateSession(SessionService sessions, SessionAnswers answers, SessionCookie cookie) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.CreateSession,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions",
        Group = "Sessions",
        Access = Access.Service(Scopes.Create),
        Summary = "Creates a session. The token is shown here and never again. With cookie, the answer also holds the Set-Cookie value to forward to the browser.",
        RequestSchema = "NewSession",
        TakesIdempotencyKey = true,
        Answers = [new(StatusCodes.Status201Created, "The session and its token.", "IssuedSession")],
        Problems = [ProblemTypes.SessionLimit, ProblemTypes.IdempotencyKeyReused],
        Handler = typeof(CreateSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var keyHeader = call.Http.Request.Headers[SessionHeaders.IdempotencyKey];
        if (keyHeader.Count > 0 && (keyHeader is not [{ } text] || !RequestText.IsIdempotencyKey(text)))
        {
            return SessionProblems.Header(SessionHeaders.IdempotencyKey, "Not allowed. Allowed: one value of 1 to 255 printable ASCII characters.");
        }

        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var session = CreateSessionRequest.Read(body.Json, out var withCookie, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        var key = keyHeader is [{ } given] ? new IdempotencyKey(call.Service!.Id, given, CreateSessionRequest.Hash(session, withCookie)) : null;
        var creation = await sessions.CreateAsync(session with { Client = call.Service!.Id }, key, cancellationToken);
        switch (creation.Outcome)
        {
            case CreationOutcome.LimitReached:
                return SessionProblems.SessionLimit(creation.Limit);
            case CreationOutcome.KeyReused:
                return SessionProblems.IdempotencyKeyReused;
            case CreationOutcome.OutsidePolicy:
                return SessionProblems.OutsidePolicy(creation.Fault!); // told with this outcome
            default:
                await AnswerAsync(call.Http, creation, withCookie);
                return null;
        }
    }

    private async ValueTask AnswerAsync(HttpContext context, Creation creation, bool withCookie)
    {
        var reading = creation.Session;
        var sid = (reading.Live?.Id ?? reading.Ended!.Id).ToString(); // a successful creation has one of the two
        using var buffer = new AnswerBuffer();
        IssuedAnswer.Append(buffer, sid, creation.Token);
        answers.Append(buffer, reading, SessionView.Service);
        if (withCookie && creation is { Token: { } token, Session.Live: { } session })
        {
            buffer.Append(",\"setCookie\":\""u8);
            buffer.AppendAscii(cookie.ValueOf(token, session));
            buffer.Append("\""u8);
        }

        buffer.Append("}"u8);
        context.Response.Headers.Location = $"{Operation.BasePath}/v1/sessions/{sid}";
        if (reading.Live is { } live)
        {
            context.Response.Headers.ETag = EntityTag.Of(live.Version);
        }

        SessionAnswers.TellDegraded(context.Response, reading.Degraded);
        await Answer.JsonAsync(context, StatusCodes.Status201Created, buffer.Written);
    }
}
