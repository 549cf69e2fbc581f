using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class RevokeUserSessions(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    private const string ExceptName = "except";
    private const string DryRunName = "dryRun";

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RevokeUserSessions,
        Methods = [HttpMethods.Delete],
        Route = "v1/sessions",
        Group = "Sessions",
        Access = Access.Service(Scopes.Revoke, Scopes.Support),
        Summary = "Ends all sessions of a user in one transaction. With dryRun, only lists them.",
        Query =
        [
            RequestUser.Parameter,
            new(ExceptName, "The sid of a session of the user to keep.", """{"type":"string"}"""),
            RequestReason.Parameter,
            new(DryRunName, "Whether to list the sessions without ending them.", RequestFlag.Schema),
        ],
        Answers =
        [
            new(StatusCodes.Status200OK, "Number of sessions ended everywhere; with dryRun, the sessions that would end.", "EndedCount"),
            new(StatusCodes.Status202Accepted, "Number of sessions ended. Every instance refuses them by effectiveBy.", "EndedCount"),
        ],
        Handler = typeof(RevokeUserSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!RequestUser.TryRead(call, out var partition))
        {
            return RequestUser.Refused;
        }

        if (!TryReadExcept(call, partition, out var except))
        {
            return SessionProblems.Parameter(ExceptName, "Not a sid of this user. Allowed: the sid of a session of userId.");
        }

        if (RequestReason.Read(call, out var reason) is { } unfit)
        {
            return unfit;
        }

        if (RequestFlag.Read(call, DryRunName, out var dryRun) is { } unclear)
        {
            return unclear;
        }

        var revocation = await sessions.RevokeAllAsync(partition, except, reason, dryRun, cancellationToken);
        if (dryRun)
        {
            await answers.WouldEndAsync(call.Http, revocation.Sessions);
        }
        else
        {
            await SessionAnswers.EndedCountAsync(call.Http, revocation.Sessions.Count, revocation.EffectiveBy);
        }

        return null;
    }

    // Ignoring a wrong sid would end the session that the caller wants to keep.
    private static bool TryReadExcept(Call call, UInt128 partition, out SessionId? except)
    {
        except = null;
        if (call.Query(ExceptName) is not { } text)
        {
            return true;
        }

        if (!SessionId.TryParse(text, out var id) || id.Locator.Partition != partition)
        {
            return false;
        }

        except = id;
        return true;
    }
}
