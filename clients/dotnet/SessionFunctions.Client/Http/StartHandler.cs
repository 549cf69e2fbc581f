namespace SessionFunctions.Client.Http;

/// <summary>Notes when a call begins: retries end with the time for the call.</summary>
internal sealed class StartHandler(TimeProvider timeProvider) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(RequestFacts.SentAt, timeProvider.GetTimestamp());
        return base.SendAsync(request, cancellationToken);
    }
}
