using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>OAuth 2.0 token introspection (RFC 7662), for resource servers that know no other API.</summary>
internal sealed class IntrospectToken(SessionService sessions, SessionAnswers answers, KeyRing keys) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.IntrospectToken,
        Methods = [HttpMethods.Post],
        Route = "v1/introspect",
        Group = "Sessions",
        Access = Access.Service(Scopes.Introspect),
        Summary = "Validates a token as RFC 7662 has it: a form in, flat members out. Counts as activity only with touch=true.",
        RequestSchema = "TokenIntrospection",
        IsOAuth = true,
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "What the token stands for, or active: false alone.", "TokenIntrospectionResponse")],
        Handler = typeof(IntrospectToken),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        var form = call.Form!; // the authenticator has read it
        if ((form.Fault ?? Check(form)) is { } fault)
        {
            return fault;
        }

        var verdict = SessionToken.Read(form[RequestForm.Token]!, keys, out var token);
        if (verdict is not TokenVerdict.Genuine)
        {
            if (await sessions.IsUndecidedAsync(verdict, token, cancellationToken))
            {
                return SessionProblems.StoreUnavailable;
            }

            await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, IntrospectSession.Inactive);
            return null;
        }

        var reading = await sessions.ValidateAsync(token, call.Consistency, cancellationToken);
        if (reading.Live is not null && form[RequestForm.Touch] == "true")
        {
            reading = await sessions.TouchAsync(reading, ipAddress: null, cancellationToken);
        }

        await AnswerAsync(call.Http, reading);
        return null;
    }

    private static Problem? Check(RequestForm form)
    {
        if (form[RequestForm.Token] is null)
        {
            return SessionProblems.Parameter(RequestForm.Token, "Missing. The parameter is required.");
        }

        return form[RequestForm.Touch] is null or "true" or "false"
            ? null
            : SessionProblems.Parameter(RequestForm.Touch, "Unknown value. Allowed: true, false.");
    }

    private async ValueTask AnswerAsync(HttpContext context, SessionReading reading)
    {
        answers.Tell(context, reading);
        if (reading.Live is not { } live)
        {
            await Answer.JsonAsync(context, StatusCodes.Status200OK, IntrospectSession.Inactive);
            return;
        }

        using var buffer = new AnswerBuffer();
        TokenIntrospectionAnswer.Write(buffer, live);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }
}
