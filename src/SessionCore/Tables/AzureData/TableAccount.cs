namespace SessionCore.Tables.AzureData;

/// <summary>Address and credential of a storage account.</summary>
/// <param name="Endpoint">The address of the Table service.</param>
/// <param name="Name">The account's name, for signing; null without a key.</param>
/// <param name="Key">The account's key; null with a shared access signature or Entra ID.</param>
/// <param name="Sas">The shared access signature, as a query without '?'; null with a key or Entra ID.</param>
internal sealed record TableAccount(Uri Endpoint, string? Name, StorageAccountKey? Key, string? Sas)
{
    /// <summary>Gets a value indicating whether requests carry an Entra ID token.</summary>
    public bool UsesToken => Key is null && Sas is null;

    /// <summary>Reads an endpoint.</summary>
    /// <returns>The fault, without a quote of the text, which may contain a signature; null for a valid endpoint.</returns>
    public static string? EndpointFault(string text, out Uri? endpoint)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out endpoint) || !(endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp))
        {
            endpoint = null;
            return "must be an address such as https://ACCOUNT.table.core.windows.net.";
        }

        return endpoint is { Query: "", Fragment: "", UserInfo: "" } ? null : "must have no user, query or fragment; a signature goes into SharedAccessSignature.";
    }

    /// <summary>Returns the address only, because a signature is a secret.</summary>
    public override string ToString() => Endpoint.GetLeftPart(UriPartial.Authority);
}
