namespace SessionFunctions.Client.Http;

/// <summary>Notes when a call begins, unless it has begun before: its attempts end with the time for the call.</summary>
internal sealed class StartHandler(TimeProvider timeProvider) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(RequestFacts.BeganAt, out _))
        {
            request.Options.Set(RequestFacts.BeganAt, timeProvider.GetTimestamp());
        }

        return base.SendAsync(request, cancellationToken);
    }
}
