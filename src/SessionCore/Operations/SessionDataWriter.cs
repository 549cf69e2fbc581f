using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Writes to a session's data and claims. No concurrent merge is lost; no session is created or revived.</summary>
internal sealed class SessionDataWriter(SessionWriter writer)
{
    public Task<Change> ReplaceAsync(SessionId id, ReadOnlyMemory<byte> dataJson, VersionCondition? condition, CancellationToken cancellationToken) =>
        WriteAsync(id, body => body with { Data = dataJson }, eventOf: null, condition, cancellationToken);

    public Task<Change> MergeAsync(SessionId id, JsonElement patch, VersionCondition? condition, CancellationToken cancellationToken) =>
        WriteAsync(id, body => body with { Data = JsonMergePatch.Apply(body.Data, patch) }, eventOf: null, condition, cancellationToken);

    public Task<Change> ReplaceClaimsAsync(
        SessionId id, ReadOnlyMemory<byte> claimsJson, VersionCondition? condition, CancellationToken cancellationToken) =>
        WriteAsync(id, body => body with { Claims = claimsJson }, static (_, _) => SessionEventTypes.ClaimsChanged, condition, cancellationToken);

    private async Task<Change> WriteAsync(
        SessionId id,
        Func<SessionBody, SessionBody> next,
        Func<SessionBody, SessionBody, string?>? eventOf,
        VersionCondition? condition,
        CancellationToken cancellationToken)
    {
        var outcome = ChangeOutcome.Changed;
        var write = await writer.ChangeAsync(
            id.Locator,
            (session, body) =>
            {
                outcome = ChangeOutcome.Changed;
                if (condition is not null && !condition.IsMetBy(session))
                {
                    outcome = ChangeOutcome.VersionMismatch;
                    return null;
                }

                var content = next(body);
                if (content.Data.Length > NewSession.MaxDataBytes)
                {
                    outcome = ChangeOutcome.TooLarge;
                    return null;
                }

                return (session with { DataVersion = session.Version + 1 }, content);
            },
            eventOf,
            cancellationToken);
        return write.Live is null
            ? Change.Unknown
            : new Change { Outcome = outcome, Session = write.Live, CurrentVersion = write.Live.DataVersion, Degraded = !write.Confirmed };
    }
}
