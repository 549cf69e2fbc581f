using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

/// <summary>Options of events. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class EventOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Events";

    /// <summary>Gets or sets a value indicating whether each change of a session writes an event. All instances must agree.</summary>
    /// <value>Default false: no operation makes an additional call.</value>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets a value indicating whether this instance delivers, where a host does so by itself. On Functions triggers do.</summary>
    /// <value>Default true. False where other instances deliver.</value>
    public bool Deliver { get; set; } = true;

    /// <summary>Gets or sets the source that events name (CloudEvents 1.0): a URI that tells this deployment from others.</summary>
    /// <value>Default <c>urn:sessions</c>.</value>
    public string Source { get; set; } = "urn:sessions";

    /// <summary>Gets the receivers, by a name of lower-case letters, digits and hyphens. What is owed to one is kept under its name.</summary>
    /// <value>Default none.</value>
    public IDictionary<string, EventTargetOptions> Targets { get; } = new Dictionary<string, EventTargetOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the options of the event log.</summary>
    /// <value>Default: the log is not kept.</value>
    public EventLogOptions Log { get; set; } = new();

    /// <summary>Gets a value indicating whether the event log is kept.</summary>
    public bool KeepsLog => Enabled && Log.Enabled;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Source, UriKind.Absolute, out _))
        {
            yield return new ValidationResult("Events:Source must be an absolute URI, such as urn:sessions or https://sessions.example.com.");
        }

        if (Targets.Count > 0 && !Enabled)
        {
            yield return new ValidationResult("Events:Enabled is false, but Events:Targets names receivers. Set Events:Enabled to true, or remove them.");
        }

        if (Log.Enabled && !Enabled)
        {
            yield return new ValidationResult("Events:Enabled is false, but Events:Log:Enabled is true. Set Events:Enabled to true as well.");
        }

        if (Log.Retention < EventLogOptions.ShortestRetention || Log.Retention > EventLogOptions.LongestRetention)
        {
            yield return new ValidationResult($"Events:Log:Retention must be between {EventLogOptions.ShortestRetention} and {EventLogOptions.LongestRetention}.");
        }

        foreach (var fault in Targets.SelectMany(target => target.Value.FaultsOf(target.Key)))
        {
            yield return new ValidationResult(fault);
        }
    }
}

[OptionsValidator]
internal sealed partial class EventOptionsValidator : IValidateOptions<EventOptions>;
