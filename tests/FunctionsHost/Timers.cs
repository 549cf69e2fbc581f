using System.Text.Json;
using FunctionsHost.Protocol;

namespace FunctionsHost;

/// <summary>Runs timer functions when asked. The schedules themselves are not kept.</summary>
internal sealed class Timers(WorkerChannel worker)
{
    private static readonly TimeSpan UntilNextTick = TimeSpan.FromMinutes(5);

    /// <summary>Runs a timer as its schedule does: its next time has come.</summary>
    public Task<StatusResult> TickAsync(Function function) => RunAsync(function, TimeProvider.System.GetUtcNow());

    /// <summary>Runs a timer as an operator does between two ticks: its next time is still to come.</summary>
    public Task<StatusResult> RunByHandAsync(Function function) => RunAsync(function, TimeProvider.System.GetUtcNow() + UntilNextTick);

    private Task<StatusResult> RunAsync(Function function, DateTimeOffset next)
    {
        var last = next - UntilNextTick;
        var request = new InvocationRequest { InvocationId = Guid.CreateVersion7().ToString(), TraceContext = new RpcTraceContext() };
        request.InputData.Add(new ParameterBinding
        {
            Name = function.Parameter,
            Data = new TypedData { Json = JsonSerializer.Serialize(new { ScheduleStatus = new { Last = last, Next = next, LastUpdated = last }, IsPastDue = false }) },
        });
        return worker.InvokeAsync(function, request, CancellationToken.None);
    }
}
