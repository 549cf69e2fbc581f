using System.Globalization;
using SessionChecking.Histories;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionChecking.Workloads;

/// <summary>Makes calls to one instance and records them with their results.</summary>
internal sealed class Caller(World world, Instance instance, int client)
{
    private static readonly AsyncLocal<Call?> Making = new();

    /// <summary>Gets or sets the call on whose behalf this code runs: it goes along with every await, into background work too.</summary>
    public static Call? Current
    {
        get => Making.Value;
        set => Making.Value = value;
    }

    public SessionService Sessions => instance.Sessions;

    public int CallsSoFar => world.History.Calls.Count;

    /// <summary>Gets the instance's clock.</summary>
    public DateTimeOffset Now => world.Schedule.Now + instance.Offset;

    /// <summary>Begins a call.</summary>
    public Call New(
        CallKind kind,
        SessionLocator? session = null,
        UInt128? partition = null,
        HeldToken? token = null,
        bool isStrong = false,
        string? mark = null,
        string? key = null,
        string? detail = null,
        DateTimeOffset? instant = null,
        LiveSession? basis = null,
        NamedKey? named = null,
        string? service = null)
    {
        var call = new Call
        {
            Number = world.History.Calls.Count + 1,
            Client = client,
            Instance = instance.Number,
            Kind = kind,
            Offset = instance.Offset,
            Start = world.Schedule.NextMoment,
            StartedAt = world.Schedule.Now,
            Session = session,
            Partition = partition,
            Token = token,
            IsStrong = isStrong,
            Mark = mark,
            Key = key,
            Detail = detail,
            Instant = instant,
            Basis = basis,
            Named = named,
            Service = service,
        };
        world.History.Add(call);
        if (world.Trace.IsOn)
        {
            world.Trace.Add(HistoryText.Asked(call, world.History.Names));
        }

        return call;
    }

    /// <summary>Waits for the answer of a call.</summary>
    /// <returns>The answer; null when the instance could not tell.</returns>
    public async Task<T?> MakeAsync<T>(Call call, Func<ValueTask<T>> ask)
        where T : class
    {
        Current = call;
        try
        {
            call.Answer = await ask();
        }
        catch (StoreUnavailableException exception)
        {
            call.Failure = exception;
        }
#pragma warning disable CA1031 // Whatever else the core throws is what a rule looks for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Failure = exception;
        }

        call.End = world.Schedule.NextMoment;
        call.EndedAt = world.Schedule.Now;
        if (world.Trace.IsOn)
        {
            world.Trace.Add(HistoryText.Answered(call, world.History.Names));
        }

        return call.Answer as T;
    }

    /// <summary>Makes a call whose answer is a value.</summary>
    public async Task<T?> MakeValueAsync<T>(Call call, Func<ValueTask<T>> ask)
        where T : struct
    {
        await MakeAsync<object>(call, async () => await ask());
        return call.Answer as T?;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"client {client} at instance {instance.Number}");
}
