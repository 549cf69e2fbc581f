using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class IssuePassport(SessionService sessions, SessionAnswers answers, PassportIssuer passports) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.IssuePassport,
        Methods = [HttpMethods.Post],
        Route = "v1/session/passport",
        Group = "Own session",
        Access = Access.User,
        Summary = "Issues a passport of the user's own session: a signed proof that the back ends of an audience check without a call. It is no credential for this API. Counts as activity only with touch.",
        RequestSchema = "PassportRequest",
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The passport.", "Passport")],
        Problems = [ProblemTypes.AudienceRefused],
        Handler = typeof(IssuePassport),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var audience = PassportRequest.Read(body.Json, out var touch, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        var reading = call.User.Session;
        if (!passports.MayHave(reading.Live!.Client, audience)) // the dispatcher passes live sessions only
        {
            return SessionProblems.AudienceRefused;
        }

        if (touch)
        {
            reading = await sessions.TouchAsync(reading, ipAddress: null, cancellationToken);
        }

        if (reading.Live is not { } live)
        {
            return SessionProblems.Unauthenticated;
        }

        using var buffer = new AnswerBuffer();
        passports.Append(buffer, live, audience, answers.Now);
        answers.Tell(call.Http, reading);
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }
}

/// <summary>Request for a passport: the body of the user's own, or a member of an introspection.</summary>
internal static class PassportRequest
{
    private static readonly MemberNames Members = new("audience", "touch");
    private static readonly MemberNames InnerMembers = new("audience");

    /// <summary>Reads the body of the user's own request.</summary>
    public static string Read(ReadOnlyMemory<byte> json, out bool touch, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        string? audience = null;
        touch = false;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            if (member == 0)
            {
                audience = ReadAudience(ref reader);
            }
            else
            {
                touch = reader.ReadBoolean();
            }
        }

        fault = reader.Fault ?? (audience is null ? SessionProblems.Member("#/audience", "The member is required.") : null);
        return audience ?? "";
    }

    /// <summary>Reads the member of an introspection: the audience; null when no passport is asked for, and on a fault.</summary>
    public static string? Read(ref StrictJsonReader reader)
    {
        if (reader.BeginObject(InnerMembers) is not { } outer)
        {
            return null;
        }

        string? audience = null;
        while (reader.NextInner() >= 0)
        {
            audience = ReadAudience(ref reader);
        }

        reader.EndObject(outer);
        if (audience is null)
        {
            reader.FailMember("must have the member audience");
        }

        return audience;
    }

    private static string? ReadAudience(ref StrictJsonReader reader)
    {
        var audience = reader.ReadText(1, PassportAudienceOptions.MaxNameCharacters);
        if (audience is not null && !PassportAudienceOptions.IsName(audience))
        {
            reader.FailMember(PassportAudienceOptions.NameRule);
        }

        return audience;
    }
}
