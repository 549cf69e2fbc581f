using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using SessionApi.Operations;

namespace SessionFunctions.Tests;

/// <summary>The functions and the operation table are equal: nothing is missing, nothing else is exposed.</summary>
public sealed class ParityTests
{
    private static readonly MethodInfo[] Functions =
    [
        .. typeof(ServiceFunctions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null),
    ];

    [Fact]
    public void Every_operation_has_exactly_one_function_with_its_methods_and_route_and_nothing_else_is_exposed()
    {
        var operations = OperationTable.All.Select(operation => Line(operation.Name, operation.Methods, operation.Route));
        var functions = Functions
            .Select(method => (Name: NameOf(method), Trigger: TriggerOf<HttpTriggerAttribute>(method)))
            .Where(function => function.Trigger is not null && function.Name != UnmatchedFunction.Name)
            .Select(function => Line(function.Name, function.Trigger!.Methods!, function.Trigger.Route!));

        Assert.Equal(operations.Order(StringComparer.Ordinal), functions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_no_operation_takes_has_one_function_for_every_method_at_every_path()
    {
        var trigger = TriggerOf<HttpTriggerAttribute>(Assert.Single(Functions, method => NameOf(method) == UnmatchedFunction.Name))!;

        Assert.Equal("{*path}", trigger.Route);
        Assert.Null(trigger.Methods);
    }

    [Fact]
    public void Every_http_trigger_leaves_authentication_to_the_dispatcher() =>
        Assert.All(
            Functions.Select(TriggerOf<HttpTriggerAttribute>).OfType<HttpTriggerAttribute>(),
            trigger => Assert.Equal("Anonymous", trigger.AuthLevel.ToString()));

    [Fact]
    public void The_timers_are_jobs_purge_rebuild_and_events_on_schedules_that_the_sample_settings_name()
    {
        var timers = Functions
            .Select(method => (Name: NameOf(method), Trigger: TriggerOf<TimerTriggerAttribute>(method)))
            .Where(function => function.Trigger is not null)
            .ToDictionary(function => function.Name, function => function.Trigger!, StringComparer.Ordinal);
        using var sample = JsonDocument.Parse(Checkout.Read("local.settings.sample.json"));
        var settings = sample.RootElement.GetProperty("Values");

        Assert.Equal(["DeliverEvents", "PurgeExpiredSessions", "RebuildUserIndexes", "RunSessionJobs"], timers.Keys.Order(StringComparer.Ordinal));

        // Once a minute, so a missed run is not worth being caught up.
        Assert.Equal(("0 * * * * *", false), (timers["RunSessionJobs"].Schedule, timers["RunSessionJobs"].UseMonitor));
        Assert.All(timers.Where(timer => timer.Key != "RunSessionJobs").Select(timer => timer.Value), timer =>
        {
            Assert.True(timer.UseMonitor || timer.Schedule == "%EventSchedule%");
            Assert.True(settings.TryGetProperty(timer.Schedule.Trim('%'), out _), timer.Schedule);
        });
    }

    [Fact]
    public void The_delivery_of_events_is_off_in_the_sample_settings_as_events_are()
    {
        using var sample = JsonDocument.Parse(Checkout.Read("local.settings.sample.json"));
        var settings = sample.RootElement.GetProperty("Values");
        var trigger = TriggerOf<QueueTriggerAttribute>(Assert.Single(Functions, method => NameOf(method) == "DeliverHintedEvents"))!;

        Assert.True(settings.TryGetProperty(trigger.QueueName.Trim('%'), out _));
        Assert.All(
            ["DeliverEvents", "DeliverHintedEvents"],
            name => Assert.Equal("true", settings.GetProperty($"AzureWebJobs.{name}.Disabled").GetString()));
    }

    private static string Line(string name, IEnumerable<string> methods, string route) =>
        $"{name} {string.Join(',', methods.Select(method => method.ToUpperInvariant()).Order(StringComparer.Ordinal))} {route}";

    private static string NameOf(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>()!.Name;

    private static T? TriggerOf<T>(MethodInfo method)
        where T : Attribute => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<T>()).SingleOrDefault(trigger => trigger is not null);
}
