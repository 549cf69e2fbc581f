using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using SessionCore.Pooling;

namespace SessionCore.Tables.Rest;

/// <summary>Sends a request until there is an answer, within the time an interactive caller has.</summary>
internal sealed partial class RestSender(
    HttpPipeline pipeline, TableStorageOptions options, TimeProvider timeProvider, ILogger logger)
{
    // Shared Key, entity tags in answers and JSON as used here are all in this version of the service.
    private const string ServiceVersion = "2019-02-02";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    // A try that has less than this left could only fail.
    private static readonly TimeSpan LeastTry = TimeSpan.FromMilliseconds(20);

    private readonly RetryBudget _budget = new();

    /// <summary>Sends a request; a fault that stays is an answer too, with status 0 where nothing came back.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<RestAnswer> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _budget.Earn();
        var started = timeProvider.GetTimestamp();
        var left = options.TotalTimeout;
        var uncertain = false;
        var tries = 0;
        while (true)
        {
            tries++;
            var answer = await TryAsync(request, left < options.TryTimeout ? left : options.TryTimeout, cancellationToken);
            answer.Uncertain = uncertain;
            var pause = PauseAfter(tries, answer);
            left = options.TotalTimeout - timeProvider.GetElapsedTime(started) - pause;
            if (!answer.IsTransient || tries > options.MaxRetries || left < LeastTry || !_budget.TrySpend())
            {
                return answer;
            }

            LogRetry(request.Method.Method, tries, answer.Status, answer.Code);
            uncertain |= answer.MayBeApplied;
            answer.Dispose();
            await Task.Delay(pause, timeProvider, cancellationToken);
        }
    }

    // Half of the pause is random, so that callers who failed together do not come back together.
    private static TimeSpan PauseAfter(int tries, RestAnswer answer)
    {
        var most = (int)FirstPause.TotalMilliseconds << Math.Min(tries - 1, 10);
        var pause = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most + 1));
        return answer.RetryAfter > pause ? answer.RetryAfter.Value : pause;
    }

    private static void Fill(Request message, RestRequest request)
    {
        message.Method = request.Method;
        message.Uri.Reset(request.Address);
        message.Headers.Add("x-ms-version", ServiceVersion);
        message.Headers.Add("DataServiceVersion", "3.0");
        message.Headers.Add(HttpHeader.Names.Accept, "application/json;odata=minimalmetadata");
        if (request.Method == RequestMethod.Get)
        {
            return;
        }

        if (request.IfMatch is not null)
        {
            message.Headers.Add(HttpHeader.Names.IfMatch, request.IfMatch);
        }

        if (request.Body is not null)
        {
            message.Headers.Add(HttpHeader.Names.ContentType, request.ContentType ?? RestRequest.Json);
            message.Headers.Add("Prefer", "return-no-content");
        }

        // Also for a delete: without a body the transport itself would repeat the request after a connection broke, and
        // a delete that was applied would come back as "not there" with nobody knowing that there had been another try.
        message.Content = RequestContent.Create(request.Body?.Written ?? ReadOnlyMemory<byte>.Empty);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<RestAnswer> TryAsync(RestRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, timeProvider);
        await using var link = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), deadline); // never null: it is deadline
        using var message = pipeline.CreateMessage();
        message.BufferResponse = false;
        Fill(message.Request, request);
        try
        {
            await pipeline.SendAsync(message, deadline.Token);
            return await RestAnswerReader.ReadAsync(message.Response, request, deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            request.Body?.Abandon();
            cancellationToken.ThrowIfCancellationRequested();
            return new RestAnswer { Fault = new TimeoutException($"No answer within {limit}.", e) };
        }
        catch (AuthenticationFailedException e)
        {
            return new RestAnswer { Fault = e, NeverSent = true };
        }
        catch (Exception e) when (e is RequestFailedException or IOException or InvalidDataException)
        {
            request.Body?.Abandon();
            return new RestAnswer { Fault = e, NeverSent = IsConnectFault(e) };
        }
    }

    private static bool IsConnectFault(Exception e) => e.InnerException is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
