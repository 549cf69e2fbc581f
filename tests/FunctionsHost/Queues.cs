using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FunctionsHost.Protocol;

namespace FunctionsHost;

/// <summary>Runs queue functions: takes the messages of their queues, and removes those that a function has taken.</summary>
internal sealed class Queues : IAsyncDisposable
{
    private const int BatchSize = 4;
    private const int MaxTries = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Invisible = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkerChannel _worker;
    private readonly Task _listening;

    /// <summary>Listens to the queues of functions that are not disabled and whose queue is named.</summary>
    public Queues(WorkerChannel worker, IReadOnlyList<Function> functions)
    {
        _worker = worker;
        _listening = Task.WhenAll(functions.Where(function => function.IsQueue && !IsDisabled(function)).Select(ListenAsync));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
        }

        await _listening;
        _stopping.Dispose();
    }

    private static bool IsDisabled(Function function) =>
        Environment.GetEnvironmentVariable($"AzureWebJobs.{function.Name}.Disabled") is { } disabled && bool.TryParse(disabled, out var isDisabled) && isDisabled;

    private static string? Resolve(string? name) => name?[0] == '%' ? Environment.GetEnvironmentVariable(name.Trim('%')) : name;

    private async Task ListenAsync(Function function)
    {
        if (Resolve(function.Queue) is not { } name || Environment.GetEnvironmentVariable("AzureWebJobsStorage") is not { Length: > 0 } account)
        {
            return;
        }

        var queue = new QueueClient(account, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 0 } });
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                while (await TakeAsync(queue, function))
                {
                    // There may be more.
                }
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> TakeAsync(QueueClient queue, Function function)
    {
        try
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(BatchSize, Invisible, _stopping.Token);
            await Task.WhenAll(messages.Select(message => RunAsync(queue, function, message)));
            return messages.Length > 0;
        }
        catch (Exception exception) when (exception is RequestFailedException or IOException)
        {
            // As on the platform: a queue that does not exist, or does not answer, has nothing yet; a worker that is gone takes nothing.
            return false;
        }
    }

    private async Task RunAsync(QueueClient queue, Function function, QueueMessage message)
    {
        var request = new InvocationRequest { InvocationId = Guid.CreateVersion7().ToString(), TraceContext = new RpcTraceContext() };
        request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = new TypedData { String = message.Body.ToString() } });
        var result = await _worker.InvokeAsync(function, request, CancellationToken.None);
        if (result.Status is StatusResult.Types.Status.Success || message.DequeueCount >= MaxTries)
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
        }
        else
        {
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: CancellationToken.None);
        }
    }
}
