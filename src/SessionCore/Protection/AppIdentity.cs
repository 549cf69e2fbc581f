using Azure.Core;
using Azure.Identity;

namespace SessionCore.Protection;

/// <summary>Identity of this process towards Entra ID: a managed identity on Azure, the signed-in developer elsewhere.</summary>
public static class AppIdentity
{
    /// <summary>Returns the credential; nothing is contacted before a token is requested.</summary>
    /// <param name="managedIdentityClientId">The user-assigned identity; null or empty for that of AZURE_CLIENT_ID, if set.</param>
    public static TokenCredential Credential(string? managedIdentityClientId) => new DefaultAzureCredential(Options(managedIdentityClientId));

    internal static DefaultAzureCredentialOptions Options(string? managedIdentityClientId)
    {
        var options = new DefaultAzureCredentialOptions();

        // The options start with the value of AZURE_CLIENT_ID, which null would erase.
        if (!string.IsNullOrWhiteSpace(managedIdentityClientId))
        {
            options.ManagedIdentityClientId = managedIdentityClientId;
        }

        return options;
    }
}
