using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class SetSessionExpiry(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.SetSessionExpiry,
        Methods = [HttpMethods.Put],
        Route = "v1/sessions/{sid}/expiry",
        Group = "Sessions",
        Access = Access.Service(Scopes.Create),
        Summary = "Sets the ends of a session, within the policy. Zero or less ends it now.",
        RequestSchema = "Expiry",
        Answers =
        [
            new(StatusCodes.Status200OK, "The session with its new ends.", "Session"),
            new(StatusCodes.Status202Accepted, "Ended. Every instance refuses it by effectiveBy.", "Effect"),
            new(StatusCodes.Status204NoContent, "Ended everywhere."),
        ],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(SetSessionExpiry),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var request = ExpiryRequest.Read(body.Json, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var change = await sessions.SetExpiryAsync(id, request.ExpiresIn, request.IdleTimeout, cancellationToken);
        switch (change.Outcome)
        {
            case ChangeOutcome.OutsidePolicy:
                return SessionProblems.OutsidePolicy(change.Fault!); // told with this outcome
            case ChangeOutcome.Ended:
                await SessionAnswers.EndedAsync(call.Http, change.EffectiveBy);
                return null;
            case ChangeOutcome.Changed when change.Session is { } session:
                await answers.WrittenAsync(call.Http, session, change.Degraded, SessionView.Service);
                return null;
            default:
                return SessionProblems.SessionNotFound;
        }
    }
}

/// <summary>Body of a change of expiry.</summary>
internal readonly record struct ExpiryRequest(TimeSpan? ExpiresIn, TimeSpan? IdleTimeout)
{
    private static readonly MemberNames Members = new("expiresInSeconds", "idleTimeoutSeconds");

    public static ExpiryRequest Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        var reader = new StrictJsonReader(json);
        var request = default(ExpiryRequest);
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            request = member == 0
                ? request with { ExpiresIn = RequestSeconds.ReadAny(ref reader) }
                : request with { IdleTimeout = RequestSeconds.ReadAny(ref reader) };
        }

        fault = reader.Fault ?? (request == default
            ? SessionProblems.Member("#", "Missing member. Required: expiresInSeconds, idleTimeoutSeconds, or both.")
            : null);
        return request;
    }
}
