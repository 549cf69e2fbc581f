using System.ComponentModel.DataAnnotations;
using SessionCore.Tables.AzureData;

namespace SessionCore.Tables;

public sealed partial class TableStorageOptions
{
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (TryTimeout > TotalTimeout)
        {
            yield return Fault(nameof(TryTimeout), $"{TryTimeout} may not exceed {nameof(TotalTimeout)} ({TotalTimeout}).");
        }

        if (string.Equals(SessionsTable, DueTable, StringComparison.OrdinalIgnoreCase))
        {
            yield return Fault(nameof(DueTable), $"must be another table than {nameof(SessionsTable)}.");
        }

        foreach (var name in (string[])[nameof(SessionsTable), nameof(DueTable)])
        {
            // The service reserves this name.
            if (string.Equals(name == nameof(DueTable) ? DueTable : SessionsTable, "tables", StringComparison.OrdinalIgnoreCase))
            {
                yield return Fault(name, "may not be 'tables'.");
            }
        }

        var faults = new List<(string Member, string Fault)>();
        ReadAccount(faults);
        foreach (var (member, fault) in faults)
        {
            yield return Fault(member, fault);
        }
    }

    /// <summary>Returns the account of valid options.</summary>
    internal TableAccount Account()
    {
        var faults = new List<(string Member, string Fault)>();
        return ReadAccount(faults) ?? throw new InvalidOperationException($"{SectionName}:{faults[0].Member}: {faults[0].Fault}");
    }

    // Without member names, which would be prefixed again, without the section.
    private static ValidationResult Fault(string member, string fault) => new($"{SectionName}:{member}: {fault}");

    private TableAccount? ReadAccount(List<(string Member, string Fault)> faults)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(Endpoint))
        {
            faults.Add((nameof(ConnectionString), $"set either this or {SectionName}:{nameof(Endpoint)}."));
            return null;
        }

        var account = string.IsNullOrWhiteSpace(ConnectionString) ? FromEndpoint(faults) : FromConnectionString(ConnectionString, faults);
        if (account is null)
        {
            return null;
        }

        var member = account.UsesToken ? nameof(Endpoint) : nameof(ConnectionString);
        if (account.Endpoint.Scheme != Uri.UriSchemeHttps && !MayUseHttp(account))
        {
            faults.Add((member, "uses unencrypted http to another machine: use https."));
        }

        if (account.Key is { IsPublished: true } && !account.Endpoint.IsLoopback)
        {
            faults.Add((member, "has the well-known key of Azurite for a server on another machine: use the account's own key."));
        }

        return faults.Count > 0 ? null : account;
    }

    // A key only signs, so it is not sent. A token or a signature is sent, and an eavesdropper could use it.
    private bool MayUseHttp(TableAccount account) =>
        account.Key is null ? account.Sas is not null && account.Endpoint.IsLoopback : IsDevelopment || account.Endpoint.IsLoopback;

    private TableAccount? FromEndpoint(List<(string Member, string Fault)> faults)
    {
        var fault = TableAccount.EndpointFault(Endpoint ?? string.Empty, out var endpoint);
        if (fault is not null)
        {
            faults.Add((nameof(Endpoint), fault));
        }

        return fault is not null || endpoint is null ? null : new TableAccount(endpoint, Name: null, Key: null, Sas: null);
    }

    private static TableAccount? FromConnectionString(string text, List<(string Member, string Fault)> faults)
    {
        var found = new List<string>();
        var account = StorageConnectionString.TryParse(text, found);
        foreach (var fault in found)
        {
            faults.Add((nameof(ConnectionString), fault));
        }

        return account;
    }
}
