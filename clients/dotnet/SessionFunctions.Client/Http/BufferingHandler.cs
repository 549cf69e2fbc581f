namespace SessionFunctions.Client.Http;

/// <summary>Reads the whole answer, so that a body that stalls or breaks off counts for time-out and retry.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    /// <summary>More than 64 introspections of the largest sessions, the largest answer.</summary>
    internal const int MaxBytes = 4 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
#if NET9_0_OR_GREATER
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken).ConfigureAwait(false);
#else
            // Disposing the answer ends the read.
            await response.Content.LoadIntoBufferAsync(MaxBytes).WaitAsync(cancellationToken).ConfigureAwait(false);
#endif
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
