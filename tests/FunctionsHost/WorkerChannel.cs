using System.Collections.Concurrent;
using System.Threading.Channels;
using FunctionsHost.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace FunctionsHost;

/// <summary>The stream of messages between this host and its one worker.</summary>
internal sealed class WorkerChannel(FunctionApp app, Action<string> writeLine) : FunctionRpc.FunctionRpcBase
{
    private const string HostVersion = "4.0.0";
    private const string HttpUriCapability = "HttpUri";

    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, Invocation> _invocations = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<LoadedApp> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Function> _functions = [];
    private Uri? _httpUri;
    private int _toLoad;

    /// <summary>Gets the app, once the worker has loaded every function; faulted when it cannot.</summary>
    public Task<LoadedApp> Loaded => _loaded.Task;

    /// <summary>Gets the end of the stream: the worker is gone.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Serves the worker for as long as it lives.</summary>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var sending = SendAllAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                Receive(message);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The worker is gone.
        }

        _toWorker.Writer.TryComplete();
        await sending;
        var gone = new IOException("The worker has ended.");
        _loaded.TrySetException(gone);
        foreach (var invocation in _invocations.Values)
        {
            invocation.Answer.TrySetException(gone);
        }

        _closed.TrySetResult();
    }

    /// <summary>Runs a function and returns its result.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">The invocation; it carries its id.</param>
    /// <param name="cancellationToken">Asks the worker to cancel it; the answer is awaited all the same.</param>
    /// <exception cref="IOException">The worker ended first.</exception>
    public async Task<StatusResult> InvokeAsync(Function function, InvocationRequest request, CancellationToken cancellationToken)
    {
        var invocation = new Invocation(function, new TaskCompletionSource<StatusResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        _invocations[request.InvocationId] = invocation;
        request.FunctionId = function.Id;
        try
        {
            if (!_toWorker.Writer.TryWrite(new StreamingMessage { InvocationRequest = request }))
            {
                throw new IOException("The worker has ended.");
            }

            await using var cancellation = cancellationToken.UnsafeRegister(_ => Cancel(request.InvocationId), state: null);
            return await invocation.Answer.Task;
        }
        finally
        {
            _invocations.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Asks the worker to finish what it has begun and to end.</summary>
    public void Terminate() => Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });

    private void Cancel(string invocationId) =>
        Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocationId } });

    // A worker that has ended accepts no message; the end of the stream fails the waiting calls.
    private void Send(StreamingMessage message)
    {
        message.RequestId = Guid.CreateVersion7().ToString();
        _ = _toWorker.Writer.TryWrite(message);
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _toWorker.Reader.ReadAllAsync(cancellationToken))
            {
                await stream.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The worker is gone.
        }
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                Send(new StreamingMessage
                {
                    WorkerInitRequest = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = app.Folder, FunctionAppDirectory = app.Folder },
                });
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                _httpUri = new Uri(message.WorkerInitResponse.Capabilities[HttpUriCapability]);
                Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = app.Folder } });
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                Load(message.FunctionMetadataResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                Finish(message.FunctionLoadResponse);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invocations.TryGetValue(message.InvocationResponse.InvocationId, out var invocation))
                {
                    invocation.Answer.TrySetResult(message.InvocationResponse.Result);
                }

                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Log(message.RpcLog);
                break;
            default:
                break;
        }
    }

    private void Load(FunctionMetadataResponse response)
    {
        if (response.Result.Status is not StatusResult.Types.Status.Success)
        {
            _loaded.TrySetException(new InvalidDataException($"The worker cannot list its functions: {response.Result.Exception?.Message}"));
            return;
        }

        _toLoad = response.FunctionMetadataResults.Count;
        foreach (var metadata in response.FunctionMetadataResults)
        {
            _functions.Add(Function.Read(metadata));
            metadata.Directory = app.Folder;
            metadata.ScriptFile = Path.Combine(app.Folder, metadata.ScriptFile);
            Send(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata } });
        }
    }

    private void Finish(FunctionLoadResponse response)
    {
        if (response.Result.Status is not StatusResult.Types.Status.Success)
        {
            _loaded.TrySetException(new InvalidDataException($"The worker cannot load a function: {response.Result.Exception?.Message}"));
        }
        else if (--_toLoad == 0)
        {
            _loaded.TrySetResult(new LoadedApp(_functions, _httpUri!)); // set before the functions were asked for
        }
    }

    // In the words of .NET's console log. The platform files what a function logs under the function's name.
    private void Log(RpcLog log)
    {
        var category = _invocations.TryGetValue(log.InvocationId, out var invocation) ? $"Function.{invocation.Function.Name}.User" : log.Category;
        var level = (LogLevel)log.Level;
        if (app.Logs(category, level))
        {
            var word = level switch
            {
                LogLevel.Trace => "trce",
                LogLevel.Debug => "dbug",
                LogLevel.Information => "info",
                LogLevel.Warning => "warn",
                LogLevel.Error => "fail",
                _ => "crit",
            };
            writeLine($"{word}: {category}: {log.Message} {log.Exception?.Message}".ReplaceLineEndings(" ").TrimEnd());
        }
    }

    private sealed record Invocation(Function Function, TaskCompletionSource<StatusResult> Answer);
}
