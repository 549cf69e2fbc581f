using System.Buffers;

namespace SessionCore.Tables.AzureData;

/// <summary>Parser of connection strings of Azure Storage. Faults name the setting, never its value.</summary>
internal static class StorageConnectionString
{
    private const string DevelopmentEndpoint = "http://127.0.0.1:10002/devstoreaccount1";
    private const string DevelopmentAccount = "devstoreaccount1";

    private static readonly SearchValues<char> AccountCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly string[] Known =
    [
        "DefaultEndpointsProtocol", "AccountName", "AccountKey", "SharedAccessSignature", "TableEndpoint", "EndpointSuffix",
        "UseDevelopmentStorage",
    ];

    // Connection strings of the portal also have the endpoints of the other services.
    private static readonly string[] Ignored =
    [
        "BlobEndpoint", "QueueEndpoint", "FileEndpoint", "BlobSecondaryEndpoint", "QueueSecondaryEndpoint", "FileSecondaryEndpoint",
        "TableSecondaryEndpoint",
    ];

    /// <summary>Reads a connection string; null when it has faults, which are added to <paramref name="faults"/>.</summary>
    public static TableAccount? TryParse(string text, ICollection<string> faults)
    {
        var settings = Split(text, faults);
        if (faults.Count > 0)
        {
            return null;
        }

        return settings.TryGetValue("UseDevelopmentStorage", out var development)
            ? Development(development, settings.Count, faults)
            : Account(settings, faults);
    }

    private static Dictionary<string, string> Split(string text, ICollection<string> faults)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var position = 0;
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            position++;
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? null : Array.Find(Known, known => known.Equals(part[..equals].Trim(), StringComparison.OrdinalIgnoreCase));
            if (name is not null)
            {
                if (!settings.TryAdd(name, part[(equals + 1)..].Trim()))
                {
                    faults.Add($"{name} is set twice.");
                }
            }
            else if (equals < 0 || !Ignored.Contains(part[..equals].Trim(), StringComparer.OrdinalIgnoreCase))
            {
                // Not quoted, because it may be a key without its name.
                faults.Add($"setting {position} is unknown. Allowed: {string.Join(", ", Known)}.");
            }
        }

        return settings;
    }

    private static TableAccount? Development(string value, int settings, ICollection<string> faults)
    {
        if (settings > 1 || !value.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add("UseDevelopmentStorage must be 'true' and the only setting.");
            return null;
        }

        return new TableAccount(new Uri(DevelopmentEndpoint), DevelopmentAccount, StorageAccountKey.Azurite, Sas: null);
    }

    private static TableAccount? Account(Dictionary<string, string> settings, ICollection<string> faults)
    {
        var name = settings.GetValueOrDefault("AccountName");
        var sas = settings.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?');
        StorageAccountKey? key = null;
        if (name is not null && !IsAccountName(name))
        {
            faults.Add("AccountName must be 3 to 24 lower-case letters and digits.");
        }

        if (settings.TryGetValue("AccountKey", out var keyText))
        {
            key = StorageAccountKey.TryParse(keyText);
            if (key is null)
            {
                faults.Add("AccountKey is not base64; copy it again from the portal.");
            }

            if (name is null)
            {
                faults.Add("AccountKey requires AccountName.");
            }
        }

        if (keyText is null == string.IsNullOrEmpty(sas))
        {
            faults.Add("set either AccountKey or SharedAccessSignature.");
        }

        var endpoint = Endpoint(settings, name, faults);
        if (faults.Count > 0 || endpoint is null)
        {
            return null;
        }

        return new TableAccount(endpoint, key is null ? null : name, key, sas);
    }

    private static Uri? Endpoint(Dictionary<string, string> settings, string? accountName, ICollection<string> faults)
    {
        if (settings.TryGetValue("TableEndpoint", out var given))
        {
            var fault = TableAccount.EndpointFault(given, out var endpoint);
            if (fault is not null)
            {
                faults.Add($"TableEndpoint {fault}");
            }

            return endpoint;
        }

        if (accountName is null)
        {
            faults.Add("set TableEndpoint or AccountName.");
            return null;
        }

        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        if (protocol is not ("http" or "https"))
        {
            faults.Add("DefaultEndpointsProtocol must be 'https' (or 'http' on this machine).");
            return null;
        }

        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        if (Uri.CheckHostName(suffix) is not UriHostNameType.Dns)
        {
            faults.Add("EndpointSuffix must be a domain such as 'core.windows.net'.");
            return null;
        }

        return faults.Count > 0 ? null : new Uri($"{protocol}://{accountName}.table.{suffix}");
    }

    private static bool IsAccountName(string name) => name.Length is >= 3 and <= 24 && !name.AsSpan().ContainsAnyExcept(AccountCharacters);
}
