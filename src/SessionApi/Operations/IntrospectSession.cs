using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Operations;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>Validation of a token. The hot path: called for every request of every user.</summary>
internal sealed class IntrospectSession(SessionService sessions, SessionAnswers answers, PassportIssuer passports, KeyRing keys) : IOperationHandler
{
    /// <summary>The answer to a token of no live session, whatever the reason.</summary>
    public static readonly byte[] Inactive = "{\"active\":false}"u8.ToArray();

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.IntrospectSession,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions/introspect",
        Group = "Sessions",
        Access = Access.Service(Scopes.Introspect),
        Summary = "Validates a token and returns its session. Counts as activity unless touch is false. The format is this API's own; that of RFC 7662 is at /v1/introspect.",
        RequestSchema = "Introspection",
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session, or active: false.", "IntrospectionResult")],
        Problems = [ProblemTypes.AudienceRefused],
        Handler = typeof(IntrospectSession),
    };

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        IntrospectRequest request;
        using (var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken))
        {
            if (body.Fault is { } unreadable)
            {
                return unreadable;
            }

            request = IntrospectRequest.Read(body.Json, keys, out var fault);
            if (fault is not null)
            {
                return fault;
            }
        }

        if (request.Audience is { } audience && !passports.MayHave(call.Service!.Id, audience)) // the operation is for services
        {
            return SessionProblems.AudienceRefused;
        }

        // As in RFC 7662 section 2.2, the answer to a token that is not genuine is just "inactive".
        if (request.Verdict is not TokenVerdict.Genuine)
        {
            if (await sessions.IsUndecidedAsync(request.Verdict, request.Token, cancellationToken))
            {
                return SessionProblems.StoreUnavailable;
            }

            await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Inactive);
            return null;
        }

        var reading = await sessions.ValidateAsync(request.Token, call.Consistency, cancellationToken);
        if (request.Touch && reading.Live is not null)
        {
            reading = await sessions.TouchAsync(reading, request.IpAddress, cancellationToken);
        }

        await AnswerAsync(call.Http, reading, request.Requires, request.Audience);
        return null;
    }

    private async ValueTask AnswerAsync(HttpContext context, SessionReading reading, SignInRequirement? required, string? audience)
    {
        answers.Tell(context, reading);
        if (reading.Live is not { } live)
        {
            await Answer.JsonAsync(context, StatusCodes.Status200OK, Inactive);
            return;
        }

        using var buffer = new AnswerBuffer();
        buffer.Append("{\"active\":true"u8);
        var missing = required?.MissingFrom(live, answers.Now);
        if (missing is not null)
        {
            AppendInsufficient(buffer, missing);
        }

        buffer.Append(",\"session\":"u8);
        live.WriteTo(buffer, SessionView.Service, answers.Now);
        if (audience is not null && missing is null)
        {
            buffer.Append(",\"passport\":"u8);
            passports.Append(buffer, live, audience, answers.Now);
        }

        buffer.Append("}"u8);
        context.Response.Headers.ETag = EntityTag.Of(live.Version);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }

    private static void AppendInsufficient(AnswerBuffer buffer, SignInRequirement missing)
    {
        buffer.Append(",\"insufficient\":"u8);
        using var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions);
        RequirementText.Write(json, missing);
    }
}

/// <summary>Body of an introspection.</summary>
internal readonly record struct IntrospectRequest(TokenVerdict Verdict, SessionToken Token, bool Touch, string? IpAddress, SignInRequirement? Requires, string? Audience)
{
    private static readonly MemberNames Members = new("token", "touch", "ipAddress", "requires", "passport");

    public static IntrospectRequest Read(ReadOnlyMemory<byte> json, KeyRing keys, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        TokenVerdict? verdict = null;
        SessionToken token = default;
        var touch = true;
        string? address = null;
        SignInRequirement? requires = null;
        string? audience = null;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            switch (member)
            {
                case 0:
                    verdict = ReadToken(ref reader, keys, out token);
                    break;
                case 1:
                    touch = reader.ReadBoolean();
                    break;
                case 2:
                    address = reader.ReadAddress();
                    break;
                case 3:
                    requires = RequestRequirement.Read(ref reader);
                    break;
                default:
                    audience = PassportRequest.Read(ref reader);
                    break;
            }
        }

        fault = reader.Fault ?? (verdict is null ? SessionProblems.Member("#/token", "The member is required.") : null);
        return new IntrospectRequest(verdict ?? TokenVerdict.Malformed, token, touch, address, requires, audience);
    }

    // A token has a fixed length and no escapes, so longer text is refused without a copy.
    private static TokenVerdict ReadToken(ref StrictJsonReader reader, KeyRing keys, out SessionToken token)
    {
        Span<char> text = stackalloc char[SessionToken.TextLength];
        var length = reader.ReadShortString(text);
        if (length < 0)
        {
            token = default;
            return TokenVerdict.Malformed;
        }

        return SessionToken.Read(text[..length], keys, out token);
    }
}
