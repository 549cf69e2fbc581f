using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionApi.Contract;

namespace SessionApi.Callers;

/// <summary>Services and operators that authenticate by Entra ID. Bound from <see cref="SectionName"/>.</summary>
public sealed class EntraOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Entra";

    /// <summary>Gets or sets the tenant whose applications may call.</summary>
    /// <value>Default none: Entra ID tokens are not accepted. A GUID; never "common" or "organizations".</value>
    public string? TenantId { get; set; }

    /// <summary>Gets or sets the authority of the cloud that the tenant is in.</summary>
    /// <value>Default <c>https://login.microsoftonline.com</c>; https.</value>
    public string Instance { get; set; } = "https://login.microsoftonline.com";

    /// <summary>Gets the accepted audiences of tokens.</summary>
    /// <value>
    /// At least one when a tenant is set, such as the application's client id. The app registration must set
    /// <c>requestedAccessTokenVersion</c> to 2: tokens of version 1.0 are refused and logged.
    /// </value>
    public IList<string> Audiences { get; } = [];

    /// <summary>Gets the scopes that an application role grants, for roles whose name is not a scope.</summary>
    /// <value>Default none: the role <c>sessions.read</c> grants the scope <c>sessions.read</c>, and so on.</value>
    public IDictionary<string, IList<string>> RoleScopes { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>Gets the client ids (<c>azp</c>) that may call.</summary>
    /// <value>Default none: every application of the tenant with a role.</value>
    public IList<string> Clients { get; } = [];

    /// <summary>Gets the delegated permissions (<c>scp</c>) with which users may call as operators, such as <c>console</c>.</summary>
    /// <value>
    /// Default none: tokens of users are refused. What a user may do is in the application roles <c>sessions.support</c> and
    /// <c>sessions.operate</c>; other roles grant users nothing.
    /// </value>
    public IList<string> UserPermissions { get; } = [];

    internal bool IsEnabled => !string.IsNullOrEmpty(TenantId);

    internal string Authority => $"{Instance.TrimEnd('/')}/{TenantId}/v2.0";

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (!IsEnabled)
        {
            yield break;
        }

        if (!Guid.TryParseExact(TenantId, "D", out _))
        {
            yield return new ValidationResult("Entra:TenantId must be the GUID of one tenant.");
        }

        if (!Uri.TryCreate(Instance, UriKind.Absolute, out var instance) || instance.Scheme != Uri.UriSchemeHttps)
        {
            yield return new ValidationResult("Entra:Instance must be an https address such as https://login.microsoftonline.com.");
        }

        if (Audiences.Count == 0)
        {
            yield return new ValidationResult("Entra:Audiences is empty; name the client id or the api:// URI of this API.");
        }

        foreach (var (role, scopes) in RoleScopes)
        {
            foreach (var scope in scopes.Where(scope => ScopeNames.Parse(scope) == Scopes.None))
            {
                yield return new ValidationResult(
                    $"Entra:RoleScopes:{role} names '{scope}', which does not exist; valid: {string.Join(", ", ScopeNames.All)}.");
            }
        }
    }
}

[OptionsValidator]
internal sealed partial class EntraOptionsValidator : IValidateOptions<EntraOptions>;
