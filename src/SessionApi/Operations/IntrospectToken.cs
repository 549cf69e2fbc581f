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
    /// <summary>The hint that the token is a key of the caller.</summary>
    private const string KeyHint = "session_key";

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

        if (TryGetKey(call, form, out var key))
        {
            var found = IsTouch(form)
                ? await sessions.Keyed.TouchAsync(key, call.Consistency, ipAddress: null, cancellationToken)
                : await sessions.Keyed.FindAsync(key, call.Consistency, cancellationToken);
            await AnswerAsync(call.Http, found, isByKey: true);
            return null;
        }

        var verdict = SessionToken.Read(form[RequestForm.Token]!, keys, out var token);
        if (verdict is not TokenVerdict.Genuine)
        {
            if (await sessions.IsUndecidedAsync(verdict, token, cancellationToken))
            {
                return SessionProblems.StoreUnavailable;
            }

            await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Introspector.Inactive);
            return null;
        }

        var reading = await sessions.ValidateAsync(token, call.Consistency, cancellationToken);
        if (reading.Live is not null && IsTouch(form))
        {
            reading = await sessions.TouchAsync(reading, ipAddress: null, cancellationToken);
        }

        await AnswerAsync(call.Http, reading, isByKey: false);
        return null;
    }

    // Only with the hint: a resource server passes on what strangers present, and a key is no secret. Only with the scope of keys: without it
    // the caller has none. What is no key may still be a token (RFC 7662 section 2.1).
    private static bool TryGetKey(Call call, RequestForm form, out SessionKey key)
    {
        key = default;
        return form[RequestForm.TokenTypeHint] == KeyHint
            && call.Service!.Scopes.HasFlag(Scopes.Keyed) // the operation is for services
            && SessionKey.TryParse(call.Service.Id, form[RequestForm.Token], out key);
    }

    private static bool IsTouch(RequestForm form) => form[RequestForm.Touch] == "true";

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

    private async ValueTask AnswerAsync(HttpContext context, SessionReading reading, bool isByKey)
    {
        answers.Tell(context, reading);
        if (reading.Live is not { } live)
        {
            await Answer.JsonAsync(context, StatusCodes.Status200OK, Introspector.Inactive);
            return;
        }

        using var buffer = new AnswerBuffer();
        TokenIntrospectionAnswer.Write(buffer, live, isByKey);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }
}
