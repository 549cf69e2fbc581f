using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

/// <summary>The policy that holds for a session: that of the client which created it, over that of all.</summary>
/// <remarks>Later changes of a session are judged by the policy of the client that created it.</remarks>
internal sealed class SessionPolicy
{
    private readonly FrozenDictionary<string, ClientPolicyOptions> _clients;

    public SessionPolicy(IOptions<SessionPolicyOptions> options)
    {
        ForAll = options.Value;
        _clients = ForAll.Clients.ToFrozenDictionary(client => ClientPolicies.NameOf(client.Key), client => client.Value, StringComparer.Ordinal);
    }

    /// <summary>Gets what does not depend on the client, and holds where a client has nothing of its own.</summary>
    public SessionPolicyOptions ForAll { get; }

    /// <summary>Returns the longest lives of a session as it stands.</summary>
    public SessionProfile LimitsOf(Session session) => LimitsOf(session.Client, session.AssuranceLevel, session.IsPersistent);

    /// <summary>Returns the longest lives of the sessions of a client, at a level.</summary>
    public SessionProfile LimitsOf(string? client, AssuranceLevel level, bool isPersistent)
    {
        var own = Find(client);

        // That a user wishes to be remembered never prolongs the highest level.
        return (isPersistent && level is not AssuranceLevel.Aal3, level) switch
        {
            (true, _) => Over(own?.Persistent, ForAll.Persistent),
            (_, AssuranceLevel.Aal1) => Over(own?.Aal1, ForAll.Aal1),
            (_, AssuranceLevel.Aal3) => Over(own?.Aal3, ForAll.Aal3),
            _ => Over(own?.Aal2, ForAll.Aal2),
        };
    }

    /// <summary>Returns the reaction to a token that is rotated again within its grace.</summary>
    public RotationReplay ReplayOf(string? client) => Find(client)?.RotationReplay ?? ForAll.RotationReplay;

    /// <summary>Returns the reaction to a rotated token that is presented after its grace.</summary>
    public ReusePolicy ReuseOf(string? client) => Find(client)?.ReuseOfOldToken ?? ForAll.ReuseOfOldToken;

    private static SessionProfile Over(ClientProfileOptions? own, SessionProfile all) => own?.Over(all) ?? all;

    private ClientPolicyOptions? Find(string? client) =>
        client is null || _clients.Count == 0 ? null : _clients.GetValueOrDefault(ClientPolicies.NameOf(client));
}
