using System.Text.Json;
using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Replaces and merges the data of a session. No concurrent merge is lost; no session is created or revived.</summary>
internal sealed class SessionDataWriter(SessionWriter writer)
{
    public Task<Change> ReplaceAsync(SessionId id, ReadOnlyMemory<byte> dataJson, long? ifVersion, CancellationToken cancellationToken) =>
        WriteAsync(id, _ => dataJson, ifVersion, cancellationToken);

    public Task<Change> MergeAsync(SessionId id, JsonElement patch, long? ifVersion, CancellationToken cancellationToken) =>
        WriteAsync(id, data => JsonMergePatch.Apply(data, patch), ifVersion, cancellationToken);

    private async Task<Change> WriteAsync(
        SessionId id, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> next, long? ifVersion, CancellationToken cancellationToken)
    {
        var outcome = ChangeOutcome.Changed;
        var write = await writer.ChangeAsync(
            id.Locator,
            (session, body) =>
            {
                outcome = ChangeOutcome.Changed;
                // Every version since the data's last change had this data, whatever else has changed since.
                if (ifVersion is { } version && (version < session.DataVersion || version > session.Version))
                {
                    outcome = ChangeOutcome.VersionMismatch;
                    return null;
                }

                var data = next(body.Data);
                if (data.Length > NewSession.MaxDataBytes)
                {
                    outcome = ChangeOutcome.TooLarge;
                    return null;
                }

                return (session with { DataVersion = session.Version + 1 }, body with { Data = data });
            },
            cancellationToken);
        return write.Live is null
            ? Change.Unknown
            : new Change { Outcome = outcome, Session = write.Live, CurrentVersion = write.Live.DataVersion, Degraded = !write.Confirmed };
    }
}
