using System.Globalization;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
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
        Summary = "Ends every session created before an instant, such as now; an earlier instant than was given before changes nothing.",
        RequestSchema = "RevokeBefore",
        Answers = [new(StatusCodes.Status202Accepted, "They have ended; every instance knows at the latest at effectiveBy.", "Effect")],
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

/// <summary>The body that says before which instant sessions end.</summary>
internal static class RevokeBeforeRequest
{
    // An instant to come would end sessions that are yet to be created, and it never moves back.
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    private static readonly MemberNames Members = new("instant");

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

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
        if (reader.ReadText(1, 64) is not { } text)
        {
            return null;
        }

        if (!DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            reader.FailMember("must be a time as RFC 3339 writes it");
            return null;
        }

        if (instant < DateTimeOffset.UnixEpoch || instant > now + MaxAhead)
        {
            reader.FailMember("must lie between 1970 and a minute from now");
            return null;
        }

        return instant;
    }
}
