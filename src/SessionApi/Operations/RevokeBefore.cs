using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Configuration;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class RevokeBefore(SessionService sessions, TimeProvider timeProvider) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RevokeBefore,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/revoke-before",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Ends every session created before an instant. The instant never moves back: an earlier one changes nothing.",
        RequestSchema = "RevokeBefore",
        Answers = [new(StatusCodes.Status202Accepted, "Ended. Every instance refuses them by effectiveBy.", "Effect")],
        Handler = typeof(RevokeBefore),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var instant = RevokeBeforeRequest.Read(body.Json, timeProvider.GetUtcNow(), out var fault);
        if (fault is not null)
        {
            return fault;
        }

        await SessionAnswers.EndedAsync(call.Http, await sessions.RevokeBeforeAsync(instant, cancellationToken));
        return null;
    }
}

/// <summary>Body of a revocation by instant.</summary>
internal static class RevokeBeforeRequest
{
    // A future instant would end sessions that are yet to be created, and the instant never moves back.
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    private static readonly MemberNames Members = new("instant");

    public static DateTimeOffset Read(ReadOnlyMemory<byte> json, DateTimeOffset now, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        DateTimeOffset? instant = null;
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            instant = ReadInstant(ref reader, now);
        }

        fault = reader.Fault ?? (instant is null ? SessionProblems.Member("#/instant", "The member is required.") : null);
        return instant ?? default;
    }

    private static DateTimeOffset? ReadInstant(ref StrictJsonReader reader, DateTimeOffset now)
    {
        if (reader.ReadText(1, Rfc3339.MaxCharacters) is not { } text)
        {
            return null;
        }

        if (!Rfc3339.TryParse(text, out var instant))
        {
            reader.FailMember("must be an RFC 3339 date-time such as 2030-01-31T23:59:59Z");
            return null;
        }

        if (instant < DateTimeOffset.UnixEpoch || instant > now + MaxAhead)
        {
            reader.FailMember("must be from 1970-01-01T00:00:00Z to one minute from now");
            return null;
        }

        return instant;
    }
}
