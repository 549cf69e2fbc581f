using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionServer.OperatorConsole;

/// <summary>The operator's console at <c>/console</c>. Bound from <see cref="SectionName"/>.</summary>
public sealed class ConsoleOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Console";

    /// <summary>Gets or sets a value indicating whether this host serves the console.</summary>
    /// <value>Default true. The pages hold nothing secret; every call they make needs an operator's token.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the client id of the app registration that operators sign in to.</summary>
    /// <value>Default none: the console does not offer Entra ID. A GUID; needs <c>Entra:TenantId</c>.</value>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the scope that the console asks for.</summary>
    /// <value>Default <c>.default</c> of the first of <c>Entra:Audiences</c>, which asks for every app role that the operator has.</value>
    public string? Scope { get; set; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(ClientId) && !Guid.TryParseExact(ClientId, "D", out _))
        {
            yield return new ValidationResult("Console:ClientId must be the GUID of an app registration.");
        }
    }
}

[OptionsValidator]
internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>;
