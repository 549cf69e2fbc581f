using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using SessionFunctions.Client.Http;

namespace SessionFunctions.Client.Credentials;

/// <summary>Adds the credential of this service to requests that have none of their own.</summary>
internal sealed class CredentialHandler(IOptionsMonitor<SessionsClientOptions> options, CredentialTokens tokens) : DelegatingHandler
{
    private const string Scheme = "Bearer";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(RequestFacts.HasOwnToken, out var hasOwn) && hasOwn)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // Read for each request, so that a key can be replaced while the application runs.
        var current = options.CurrentValue;
        if (current.Credential is null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, current.ServiceKey);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, await tokens.GetAsync(current.Credential, current.Scope!, cancellationToken).ConfigureAwait(false));
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Unauthorized)
        {
            tokens.Forget();
        }

        return response;
    }
}
