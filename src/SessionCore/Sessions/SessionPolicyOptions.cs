using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

/// <summary>Lifetimes and limits of sessions. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class SessionPolicyOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sessions";

    /// <summary>
    /// The maximum of <see cref="MaxSessionsPerUser"/>: with the head row, all sessions of a user fit one transaction of 100 rows.
    /// </summary>
    public const int HardLimit = 98;

    /// <summary>The longest life at aal3.</summary>
    internal static readonly TimeSpan MaxAal3Lifetime = TimeSpan.FromHours(12);

    /// <summary>Gets or sets the limits at level aal1 (NIST SP 800-63B-4 section 2.1.3).</summary>
    /// <value>Default 30 days, idle 14 days.</value>
    [ValidateObjectMembers]
    public SessionProfile Aal1 { get; set; } = new() { AbsoluteLifetime = TimeSpan.FromDays(30), IdleTimeout = TimeSpan.FromDays(14) };

    /// <summary>Gets or sets the limits at level aal2 (NIST SP 800-63B-4 section 2.2.3).</summary>
    /// <value>Default 24 hours, idle 1 hour.</value>
    [ValidateObjectMembers]
    public SessionProfile Aal2 { get; set; } = new() { AbsoluteLifetime = TimeSpan.FromHours(24), IdleTimeout = TimeSpan.FromHours(1) };

    /// <summary>Gets or sets the limits at level aal3 (NIST SP 800-63B-4 section 2.3.3).</summary>
    /// <value>Default 12 hours, idle 15 minutes; never more than 12 hours.</value>
    [ValidateObjectMembers]
    public SessionProfile Aal3 { get; set; } = new() { AbsoluteLifetime = TimeSpan.FromHours(12), IdleTimeout = TimeSpan.FromMinutes(15) };

    /// <summary>Gets or sets the limits of persistent sessions ("remember me"), in place of those of aal1 and aal2. At aal3 its own limits hold.</summary>
    /// <value>Default 30 days, idle 30 days.</value>
    [ValidateObjectMembers]
    public SessionProfile Persistent { get; set; } = new() { AbsoluteLifetime = TimeSpan.FromDays(30), IdleTimeout = TimeSpan.FromDays(30) };

    /// <summary>Gets or sets the level of a session that was created without one.</summary>
    /// <value>Default aal2.</value>
    [EnumDataType(typeof(AssuranceLevel))]
    public AssuranceLevel DefaultAssuranceLevel { get; set; } = AssuranceLevel.Aal2;

    /// <summary>Gets or sets the maximum number of live sessions of a user.</summary>
    /// <value>Default 50; 1 to 98.</value>
    [Range(1, HardLimit)]
    public int MaxSessionsPerUser { get; set; } = 50;

    /// <summary>Gets or sets the reaction to a sign-in at the limit.</summary>
    /// <value>Default <see cref="LimitPolicy.EvictOldest"/>.</value>
    [EnumDataType(typeof(LimitPolicy))]
    public LimitPolicy WhenLimitReached { get; set; } = LimitPolicy.EvictOldest;

    /// <summary>Gets or sets how long an ended session can be read, with its reason and without its content.</summary>
    /// <value>Default 30 days; 1 hour to 400 days; not shorter than <see cref="IdempotencyWindow"/>.</value>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets how long a creation can be repeated under its <c>Idempotency-Key</c>.</summary>
    /// <value>Default 24 hours; 1 minute to 7 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets how long a token is accepted after its user has rotated it; applies to the last four tokens.</summary>
    /// <value>Default 10 seconds; 0 to 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RotationGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets the reaction to a token that its user rotates again within its grace, as after a lost answer or from two tabs.
    /// </summary>
    /// <value>Default <see cref="RotationReplay.SameToken"/>.</value>
    [EnumDataType(typeof(RotationReplay))]
    public RotationReplay RotationReplay { get; set; } = RotationReplay.SameToken;

    /// <summary>Gets or sets the reaction to a rotated token that is presented after its grace.</summary>
    /// <value>Default <see cref="ReusePolicy.Refuse"/>.</value>
    [EnumDataType(typeof(ReusePolicy))]
    public ReusePolicy ReuseOfOldToken { get; set; } = ReusePolicy.Refuse;

    /// <summary>Gets what is different for the sessions that a client has created, by the client's name.</summary>
    /// <value>
    /// Default none. The name is the <c>Client</c> of a service key, or the object id of an application of Entra ID. Case does not count, and
    /// <c>_</c> may stand for <c>-</c>.
    /// </value>
    public IDictionary<string, ClientPolicyOptions> Clients { get; } = new Dictionary<string, ClientPolicyOptions>(StringComparer.OrdinalIgnoreCase);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        (string Name, SessionProfile Profile)[] profiles = [(nameof(Aal1), Aal1), (nameof(Aal2), Aal2), (nameof(Aal3), Aal3), (nameof(Persistent), Persistent)];
        foreach (var (name, profile) in profiles)
        {
            if (profile.IdleTimeout > profile.AbsoluteLifetime)
            {
                yield return new ValidationResult(
                    $"Sessions:{name}:IdleTimeout ({profile.IdleTimeout}) may not exceed Sessions:{name}:AbsoluteLifetime ({profile.AbsoluteLifetime}).");
            }
        }

        // NIST SP 800-63B-4 section 2.3.3: the overall timeout of AAL3 SHALL be no more than 12 hours.
        if (Aal3.AbsoluteLifetime > MaxAal3Lifetime)
        {
            yield return new ValidationResult($"Sessions:Aal3:AbsoluteLifetime ({Aal3.AbsoluteLifetime}) may not exceed 12 hours (NIST SP 800-63B-4 2.3.3).");
        }

        if (Retention < IdempotencyWindow)
        {
            yield return new ValidationResult(
                $"Sessions:Retention ({Retention}) may not be shorter than Sessions:IdempotencyWindow ({IdempotencyWindow}): otherwise a repeated creation would recreate a purged session.");
        }

        foreach (var fault in ClientPolicies.FaultsOf(this))
        {
            yield return new ValidationResult(fault);
        }
    }
}

[OptionsValidator]
internal sealed partial class SessionPolicyOptionsValidator : IValidateOptions<SessionPolicyOptions>;

/// <summary>Maximum lifetimes of sessions of an assurance level. Single sessions may have shorter ones.</summary>
public sealed class SessionProfile
{
    internal const string Shortest = "00:01:00";
    internal const string Longest = "400.00:00:00";

    /// <summary>Gets or sets how long a session lives whatever its use.</summary>
    /// <value>1 minute to 400 days.</value>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan AbsoluteLifetime { get; set; }

    /// <summary>Gets or sets the lifetime of a session without activity.</summary>
    /// <value>1 minute to 400 days; not longer than <see cref="AbsoluteLifetime"/>.</value>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan IdleTimeout { get; set; }

    /// <summary>Returns the idle timeout after an authentication: a shorter one stays, unless the session becomes persistent or ceases to be.</summary>
    internal TimeSpan IdleAfter(Session session, bool isPersistent) =>
        session.IdleTimeout < IdleTimeout && session.IsPersistent == isPersistent ? session.IdleTimeout : IdleTimeout;
}

/// <summary>Reaction to a sign-in of a user who has reached the session limit.</summary>
public enum LimitPolicy
{
    /// <summary>The oldest session ends, reason <c>evicted</c>.</summary>
    EvictOldest,

    /// <summary>The least recently used session ends, reason <c>evicted</c>.</summary>
    EvictLeastRecentlyUsed,

    /// <summary>The new session is refused.</summary>
    Deny,
}

/// <summary>Reaction to a token that is rotated again within its grace.</summary>
public enum RotationReplay
{
    /// <summary>It gets the current token. So does a thief who holds it.</summary>
    SameToken,

    /// <summary>It is refused; a client whose answer was lost has to sign in again.</summary>
    Refuse,
}

/// <summary>Reaction to a rotated token that is presented after its grace.</summary>
public enum ReusePolicy
{
    /// <summary>It is refused, counted and logged.</summary>
    Refuse,

    /// <summary>It also ends the session, reason <c>reuse-detected</c>, because the token may have been copied.</summary>
    End,
}
