using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

/// <summary>Options of the audit. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Audit";

    /// <summary>Gets or sets a value indicating whether delivered events stay as a timeline, and whether actions of operators are recorded. Needs <c>Events:Enabled</c>.</summary>
    /// <value>Default false: no operation makes an additional call.</value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets how long a record stays; the purge deletes it then. Keep a key in <c>Keys:Ring</c> for as long after its last use.</summary>
    /// <value>Default 90 days; from 1 day to 730 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "730.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;

internal sealed class AuditNeedsEventsRule(IOptions<EventOptions> events) : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        try
        {
            return options.Enabled && !events.Value.Enabled
                ? ValidateOptionsResult.Fail("Audit:Enabled is true, but Events:Enabled is false. The audit keeps events: set Events:Enabled to true.")
                : ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            // Faults in the options of events are reported by their own validator.
            return ValidateOptionsResult.Skip;
        }
    }
}
