using Polly;
using Polly.CircuitBreaker;
using SessionFunctions.Client.Diagnostics;

namespace SessionFunctions.Client.Http;

/// <summary>Sends requests and translates every way in which that fails.</summary>
internal sealed class SessionsTransport(HttpClient client, ClientMetrics metrics, CredentialLog log)
{
    private readonly string _address = AddressOf(client.BaseAddress);

    /// <summary>Sends a request.</summary>
    /// <exception cref="SessionsException">The API refused it.</exception>
    /// <exception cref="SessionsUnavailableException">Nothing is known of the outcome.</exception>
    public Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken) => MeasureAsync(request, SendNowAsync, cancellationToken);

    /// <summary>Measures a request that is answered in its own way, and translates every way in which that fails.</summary>
    /// <exception cref="SessionsException">The API refused it.</exception>
    /// <exception cref="SessionsUnavailableException">Nothing is known of the outcome.</exception>
    public async Task<ApiAnswer> MeasureAsync(ApiRequest request, Func<ApiRequest, CancellationToken, Task<ApiAnswer>> send, CancellationToken cancellationToken)
    {
        using var measured = metrics.Begin(request.Operation);
        try
        {
            var answer = await send(request, cancellationToken).ConfigureAwait(false);
            measured.Answered(answer.Problem is null);
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            measured.Canceled();
            throw;
        }
        catch (SessionsException e)
        {
            measured.Failed(e);
            if (request.OwnToken is null)
            {
                log.Refused(e.Status, e.ProblemType, request.Operation);
            }

            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or ExecutionRejectedException or HttpRequestException or IOException)
        {
            var unavailable = new SessionsUnavailableException($"{request.Operation}: {ReasonOf(e)}", e);
            measured.Failed(unavailable);
            throw unavailable;
        }
    }

    /// <summary>Sends a request, within a measurement.</summary>
    public async Task<ApiAnswer> SendNowAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(_address);
        using var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await AnswerReader.ReadAsync(request, response, cancellationToken).ConfigureAwait(false);
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        BrokenCircuitException => "the session API fails, so it is not asked for a while (open circuit).",
        HttpRequestException or IOException => "the session API cannot be reached.",
        _ => "the session API did not answer in time.",
    };

    private static string AddressOf(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            throw new ArgumentException("The HttpClient needs a BaseAddress: the address of the session API with its base path, such as http://localhost:7071/api.", nameof(address));
        }

        var text = address.AbsoluteUri;
        return text.EndsWith('/') ? text : text + "/";
    }
}
