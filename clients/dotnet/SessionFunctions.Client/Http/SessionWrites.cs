using System.Text.Json.Nodes;

namespace SessionFunctions.Client.Http;

/// <summary>The operations that sessions with tokens and sessions under keys have in common. A path that is null or empty is that of no session.</summary>
internal sealed class SessionWrites(SessionsTransport transport)
{
    public const int Ok = 200;

    private static readonly string[] OrNotFound = [ProblemTypes.SessionNotFound];

    /// <summary>Asks for a session.</summary>
    public async Task<Session?> SessionAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Path.Length == 0)
        {
            return null;
        }

        var answer = await transport.SendAsync(request with { Expected = OrNotFound }, cancellationToken).ConfigureAwait(false);
        return answer.Problem is null ? answer.ReadSession() : null;
    }

    /// <summary>Reports activity.</summary>
    public Task<Session?> TouchAsync(string operation, string? path, string? ipAddress, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(operation, HttpMethod.Post, path ?? "") { IsRepeatable = true };
        return SessionAsync(ipAddress is null ? request : request.With(new WireActivity(ipAddress), WireJson.Wire.WireActivity), cancellationToken);
    }

    /// <summary>Ends a session.</summary>
    public async Task<Revocation?> EndAsync(string operation, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return null;
        }

        var answer = await transport.SendAsync(new ApiRequest(operation, HttpMethod.Delete, path) { IsRepeatable = true, Expected = OrNotFound }, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is not null)
        {
            return null;
        }

        return new Revocation { EffectiveBy = answer.HasBody ? answer.Read(WireJson.Wire.WireRevocation).EffectiveBy : null };
    }

    /// <summary>Writes data or claims.</summary>
    public async Task<ContentWrite> WriteAsync(
        string operation, HttpMethod method, string? path, JsonObject content, string? ifMatch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (path is null)
        {
            return new ContentWrite { Outcome = ContentWriteOutcome.NotFound };
        }

        var request = new ApiRequest(operation, method, path)
        {
            // Repeated after another writer's, a merge would undo it; repeated after itself, a conditional write would be told that it lost.
            IsRepeatable = method == HttpMethod.Put && ifMatch is null,
            IfMatch = ifMatch,
            Expected = [ProblemTypes.SessionNotFound, ProblemTypes.VersionMismatch],
        };
        var answer = await transport.SendAsync(request.With(content, WireJson.Wire.JsonObject), cancellationToken).ConfigureAwait(false);
        if (answer.Is(ProblemTypes.SessionNotFound))
        {
            return new ContentWrite { Outcome = ContentWriteOutcome.NotFound };
        }

        if (answer.Problem is not null)
        {
            return new ContentWrite { Outcome = ContentWriteOutcome.ConditionFailed, ETag = answer.ETag };
        }

        var written = answer.ReadContent();
        return new ContentWrite { Outcome = ContentWriteOutcome.Written, Content = written, ETag = written.ETag };
    }
}
