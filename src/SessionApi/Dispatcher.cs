using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Diagnostics;
using SessionApi.Http;
using SessionApi.Operations;
using SessionCore.Operations;
using SessionCore.Pooling;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionApi;

/// <summary>
/// Runs every request: credential, caller, permission, limits, deadline, handler, problem. Hosts pass requests on and add no rule of
/// their own, so all hosts answer alike and nothing depends on middleware.
/// </summary>
public sealed partial class Dispatcher
{
    private const Scopes Operators = Scopes.Operate | Scopes.Support;

    private readonly Authenticator _authenticator;
    private readonly CorsPolicy _cors;
    private readonly ApiMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<Dispatcher> _logger;
    private readonly bool _tellsActors;
    private readonly OperatorTrail _trail;
    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly RouteTable _routes;

    internal Dispatcher(
        IReadOnlyList<Operation> operations,
        Func<Type, IOperationHandler> handlers,
        Authenticator authenticator,
        CorsPolicy cors,
        ApiMetrics metrics,
        TimeProvider timeProvider,
        IOptions<EventOptions> events,
        OperatorTrail trail,
        ILogger<Dispatcher> logger)
    {
        _authenticator = authenticator;
        _cors = cors;
        _metrics = metrics;
        _timeProvider = timeProvider;
        _logger = logger;
        _tellsActors = events.Value.Enabled;
        _trail = trail;
        _entries = operations.ToFrozenDictionary(
            operation => operation.Name,
            operation => new Entry(operation, Admitted(operation), handlers(operation.Handler), new Deadlines(operation.Deadline, timeProvider))
            {
                Waiting = operation.Waits ? new Deadlines(operation.Deadline + RequestWait.Longest, timeProvider) : null,
            },
            StringComparer.Ordinal);
        _routes = new RouteTable(operations);
    }

    /// <summary>Answers a request as an operation.</summary>
    /// <param name="operationName">One of <see cref="OperationNames"/>.</param>
    /// <param name="context">The routed request, with the route values of the operation's route.</param>
    /// <exception cref="ArgumentException">The operation does not exist.</exception>
    public Task RunAsync(string operationName, HttpContext context) =>
        _entries.TryGetValue(operationName, out var entry)
            ? AnswerAsync(entry, context).AsTask() // half the size of a method's own task
            : throw new ArgumentException($"Unknown operation '{operationName}'.", nameof(operationName));

    /// <summary>Answers a request that matches no operation: 404, 405 with <c>Allow</c>, or a browser's preflight.</summary>
    public async Task RunUnmatchedAsync(HttpContext context)
    {
        Begin(context);
        var methods = _routes.MethodsAt(context.Request.Path);
        if (methods is not null && _cors.IsPreflight(context.Request))
        {
            CorsPolicy.AnswerPreflight(context, methods);
            return;
        }

        var unrouted = methods is null ? SessionProblems.RouteNotFound : SessionProblems.MethodNotAllowed(methods);
        var problem = RequestRules.HoldsCredential(context.Request.Query) ? SessionProblems.CredentialInQuery : RequestRules.CheckEncoding(context);
        await (problem ?? unrouted).WriteAsync(context);
    }

    private static Access Admitted(Operation operation) => operation.Access
        ?? throw new InvalidOperationException($"The operation {operation.Name} declares no access. Set {nameof(Operation.Access)}.");

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AnswerAsync(Entry entry, HttpContext context)
    {
        var started = _metrics.MeasuresDuration ? _timeProvider.GetTimestamp() : 0;
        Begin(context);
        try
        {
            if (await HandleAsync(entry, context, entry.Deadlines.Begin()) is { } problem)
            {
                await entry.Told(problem).WriteAsync(context);
            }
        }
#pragma warning disable CA1031 // the client has disconnected: failures that follow from it are no faults
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogClientLeft(entry.Operation.Name);
        }
        catch (StoreUnavailableException exception)
        {
            LogStoreUnavailable(exception, entry.Operation.Name);
            await FailAsync(entry, context, SessionProblems.StoreUnavailableFor(exception.RetryAfter));
        }
        catch (OperationCanceledException exception)
        {
            LogDeadlinePassed(exception, entry.Operation.Name);
            await FailAsync(entry, context, SessionProblems.StoreUnavailable);
        }
#pragma warning disable CA1031 // the last resort: any other failure is logged and answered by one generic problem
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(exception, entry.Operation.Name);
            await FailAsync(entry, context, SessionProblems.InternalError);
        }

        if (_metrics.MeasuresDuration)
        {
            _metrics.Answered(entry.Operation.Name, context.Response.StatusCode, _timeProvider.GetElapsedTime(started));
        }

        return true;
    }

    private ValueTask<Problem?> HandleAsync(Entry entry, HttpContext context, CancellationToken cancellationToken)
    {
        var call = new Call(context, entry.Operation);
        if (RequestRules.Check(call) is { } unruly)
        {
            return ValueTask.FromResult<Problem?>(unruly);
        }

        if (entry.Access.Kind is CallerKind.Anyone)
        {
            return RunAsync(entry, call, cancellationToken);
        }

        // The check of a service usually completes synchronously; then no state machine is needed.
        var check = _authenticator.CheckAsync(call, entry.Access, cancellationToken);
        if (check.IsCompletedSuccessfully)
        {
            return HandleUnlessAsync(check.Result, entry, call, cancellationToken);
        }

        return HandleAfterAsync(check, entry, call, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<Problem?> HandleAfterAsync(
        ValueTask<Problem?> check, Entry entry, Call call, CancellationToken cancellationToken) =>
        await HandleUnlessAsync(await check, entry, call, cancellationToken);

    private ValueTask<Problem?> HandleUnlessAsync(Problem? refusal, Entry entry, Call call, CancellationToken cancellationToken)
    {
        if (refusal is not null)
        {
            return ValueTask.FromResult<Problem?>(refusal);
        }

        cancellationToken = entry.Waiting?.Begin() ?? cancellationToken;
        return _tellsActors ? RunWithActorAsync(entry, call, cancellationToken) : RunAsync(entry, call, cancellationToken);
    }

    // A method of its own: what an asynchronous method sets ends with it.
    private async ValueTask<Problem?> RunWithActorAsync(Entry entry, Call call, CancellationToken cancellationToken)
    {
        EventActor.Begin(call.Service is { } service ? new EventActor(service.Id) : EventActor.User with { Impersonator = call.User.Session.Live?.Impersonator });
        if (entry.IsAction && call.Service is { } caller && (caller.Scopes & Operators) != Scopes.None && _trail.IsOn)
        {
            await _trail.RecordAsync(JsonNamingPolicy.KebabCaseLower.ConvertName(entry.Operation.Name), caller.Id, DetailsOf(call, caller), cancellationToken);
        }

        return await RunAsync(entry, call, cancellationToken);
    }

    // What the request names in its path and query; never its body, which may hold what is secret.
    private static Dictionary<string, string> DetailsOf(Call call, Caller caller)
    {
        var details = call.Http.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal);
        details["callerName"] = caller.Name;
        if (call.TryGetSid(out var sid))
        {
            details["sid"] = sid.ToString();
        }

        if (call.TryGetJob(out var job))
        {
            details["job"] = job.ToString();
        }

        return details;
    }

    private static ValueTask<Problem?> RunAsync(Entry entry, Call call, CancellationToken cancellationToken) =>
        entry.RefusesBody ? RunWithoutBodyAsync(entry, call, cancellationToken) : entry.Handler.HandleAsync(call, cancellationToken);

    private static async ValueTask<Problem?> RunWithoutBodyAsync(Entry entry, Call call, CancellationToken cancellationToken) =>
        await NoBody.CheckAsync(call.Http, cancellationToken) ?? await entry.Handler.HandleAsync(call, cancellationToken);

    private void Begin(HttpContext context)
    {
        CommonHeaders.Apply(context);
        if (_cors.IsEnabled)
        {
            _cors.Apply(context);
        }
    }

    // An answer that has begun cannot be taken back; cutting it off is the only way left to say that it is not whole.
    private Task FailAsync(Entry entry, HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        Begin(context);
        return entry.Told(problem).WriteAsync(context);
    }

    private sealed record Entry(Operation Operation, Access Access, IOperationHandler Handler, Deadlines Deadlines)
    {
        // A body of a GET or a HEAD has no meaning and is ignored (RFC 9110 section 9.3.1).
        public bool RefusesBody { get; } = Operation.RequestSchema is null && !Operation.Methods.Any(HttpMethods.IsGet);

        // Whoever only reads, does nothing that has to be recorded.
        public bool IsAction { get; } = (Access.Scope is Scopes.Operate || Access.Alternative is Scopes.Support) && !Operation.Methods.Any(HttpMethods.IsGet);

        // For the handler of an operation that may wait; its caller is checked within the deadline of every operation.
        public Deadlines? Waiting { get; init; }

        public Problem Told(Problem problem) => Operation.IsOAuth ? problem.ForOAuth() : problem;
    }

    [LoggerMessage(2000, LogLevel.Warning, "The store did not answer; {Operation} answers 503.")]
    private partial void LogStoreUnavailable(Exception exception, string operation);

    [LoggerMessage(2001, LogLevel.Warning, "{Operation} did not finish before its deadline and answers 503.")]
    private partial void LogDeadlinePassed(Exception exception, string operation);

    [LoggerMessage(2002, LogLevel.Error, "{Operation} failed with an unexpected exception and answers 500.")]
    private partial void LogFailed(Exception exception, string operation);

    [LoggerMessage(2003, LogLevel.Debug, "The client of {Operation} disconnected before the answer.")]
    private partial void LogClientLeft(string operation);
}
