using Azure.Core;
using Azure.Identity;

namespace SessionCore.Protection;

/// <summary>Identity of this process towards Entra ID: a managed identity on Azure, the signed-in developer elsewhere.</summary>
public static class AppIdentity
{
    /// <summary>Makes the credential; nothing is contacted before a token is asked for.</summary>
    /// <param name="managedIdentityClientId">The user-assigned identity; null or empty for the one that AZURE_CLIENT_ID names, if it does.</param>
    public static TokenCredential Credential(string? managedIdentityClientId) => new DefaultAzureCredential(Options(managedIdentityClientId));

    internal static DefaultAzureCredentialOptions Options(string? managedIdentityClientId)
    {
        var options = new DefaultAzureCredentialOptions();

        // It begins with what AZURE_CLIENT_ID says, and a null would erase that.
        if (!string.IsNullOrWhiteSpace(managedIdentityClientId))
        {
            options.ManagedIdentityClientId = managedIdentityClientId;
        }

        return options;
    }
}
