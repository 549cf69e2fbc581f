using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class TouchSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.TouchSession,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions/{sid}/touch",
        Group = "Sessions",
        Access = Access.Service(Scopes.Touch),
        Summary = "Reports activity of the user, which renews the idle end.",
        RequestSchema = "Activity",
        IsRequestOptional = true,
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session with its new ends.", "Session")],
        Problems = [ProblemTypes.SessionNotFound],
        Handler = typeof(TouchSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadOptionalAsync(call.Http, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var address = TouchRequest.Read(body.Json, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var reading = await sessions.FindAsync(id, call.Consistency, cancellationToken);
        if (reading.Live is not null)
        {
            reading = await sessions.TouchAsync(reading, address, cancellationToken);
        }

        if (reading.Live is null)
        {
            return SessionProblems.SessionNotFound;
        }

        await answers.RepresentationAsync(call.Http, reading, SessionView.Service);
        return null;
    }
}

/// <summary>Optional body of a touch.</summary>
internal static class TouchRequest
{
    private static readonly MemberNames Members = new("ipAddress");

    /// <summary>Reads the user's address; null when it is absent.</summary>
    public static string? Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        fault = null;
        if (json.IsEmpty)
        {
            return null;
        }

        var reader = new StrictJsonReader(json);
        string? address = null;
        while (reader.Next(Members) >= 0)
        {
            address = reader.ReadAddress();
        }

        fault = reader.Fault;
        return address;
    }
}
