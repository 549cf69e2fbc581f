using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class FindSessions(SessionService sessions, TokenSearch tokens, SessionAnswers answers) : IOperationHandler
{
    private const string SidName = "sid";
    private const string DigestName = "tokenDigest";
    private const string DigestRule = "Not a digest. Allowed: the SHA-256 value of the token's secret, 64 lower-case hex digits.";

    private static readonly QueryParameter User = RequestUser.Parameter with { Summary = "The id of a user, to find all sessions of the user.", IsRequired = false };

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.FindSessions,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/sessions",
        Group = "Operations",
        Access = Access.Service(Scopes.Support),
        Summary = "Finds sessions, live and ended, by exactly one of userId, sid and tokenDigest. A search by tokenDigest reads the table in parts: repeat it with the continuation.",
        Query =
        [
            User,
            new(SidName, "The sid of a session.", """{"$ref":"#/components/schemas/Sid"}"""),
            new(DigestName, "SHA-256 of the secret of a token (bytes 36 to 67 of its decoded 112 characters), in hex.", """{"type":"string","pattern":"^[0-9a-f]{64}$"}"""),
            RequestSessionState.Parameter with { Summary = "The state of the sessions to list, with userId.", Schema = RequestSessionState.SchemaOf("all") },
            RequestPage.SizeParameter,
            RequestPage.ContinuationParameter,
        ],
        Deadline = TimeSpan.FromSeconds(20),
        Answers = [new(StatusCodes.Status200OK, "The sessions found; none is an empty list.", "FoundSessions")],
        Handler = typeof(FindSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        string[] given = [.. new[] { User.Name, SidName, DigestName }.Where(name => call.Query(name) is not null)];
        if (given.Length != 1)
        {
            return SessionProblems.Parameter(User.Name, "Exactly one of userId, sid and tokenDigest is required.");
        }

        if (given[0] != User.Name && call.Query(RequestSessionState.Parameter.Name) is not null)
        {
            return SessionProblems.Parameter(RequestSessionState.Parameter.Name, "Not supported with sid or tokenDigest. Allowed: with userId.");
        }

        if (RequestPage.Read(call, out var page) is { } refusal)
        {
            return refusal;
        }

        return given[0] switch
        {
            SidName => await FindAsync(call, cancellationToken),
            DigestName => await FindByDigestAsync(call, page, cancellationToken),
            _ => await ListAsync(call, page, cancellationToken),
        };
    }

    private async ValueTask<Problem?> ListAsync(Call call, RequestPage page, CancellationToken cancellationToken)
    {
        if (!RequestUser.TryRead(call, out var partition))
        {
            return RequestUser.Refused;
        }

        if (RequestSessionState.Read(call, SessionListState.All) is not { } state)
        {
            return RequestSessionState.Refused;
        }

        var found = await sessions.ListAsync(partition, state, page.Size, page.Continuation, ReadConsistency.Strong, cancellationToken);
        if (found.ContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        await answers.ListAsync(call.Http, found, SessionView.ServiceListItem, current: null);
        return null;
    }

    private async ValueTask<Problem?> FindAsync(Call call, CancellationToken cancellationToken)
    {
        if (!SessionId.TryParse(call.Query(SidName), out var id))
        {
            return SessionProblems.Parameter(SidName, "Not a sid. Allowed: ses_ and 43 characters of base64url.");
        }

        await AnswerAsync(call, id, continuation: null, cancellationToken);
        return null;
    }

    private async ValueTask<Problem?> FindByDigestAsync(Call call, RequestPage page, CancellationToken cancellationToken)
    {
        var digest = new byte[TokenSearch.DigestBytes];
        var text = call.Query(DigestName)!; // given
        if (text.Length != 2 * digest.Length || text.AsSpan().ContainsAnyInRange('A', 'F') || Convert.FromHexString(text, digest, out _, out _) is not System.Buffers.OperationStatus.Done)
        {
            return SessionProblems.Parameter(DigestName, DigestRule);
        }

        var result = await tokens.FindAsync(digest, page.Continuation, cancellationToken);
        if (result.ContinuationRefused)
        {
            return RequestPage.ContinuationRefused;
        }

        await AnswerAsync(call, result.Found, result.Continuation, cancellationToken);
        return null;
    }

    private async ValueTask AnswerAsync(Call call, SessionId? id, string? continuation, CancellationToken cancellationToken)
    {
        var reading = id is { } known ? await sessions.FindAsync(known, ReadConsistency.Strong, cancellationToken) : default;
        var found = new SessionPage { Sessions = reading.IsUnknown ? [] : [reading], Continuation = continuation };
        await answers.ListAsync(call.Http, found, SessionView.ServiceListItem, current: null);
    }
}
