using FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FunctionsHost;

/// <summary>Maps the functions as the platform's host does, and what an operator may ask.</summary>
internal static class Routes
{
    public static void Map(WebApplication server, string prefix, IReadOnlyList<Function> functions, HttpInvoker invoker, Timers timers)
    {
        server.UseRouting();

        // A method that no function takes at a path is 404 on the platform, not 405; routing's own answer to it is no route.
        server.Use((context, next) =>
        {
            if (context.GetEndpoint() is RouteEndpoint)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        foreach (var function in functions.Where(function => function.IsHttp))
        {
            var pattern = string.Join('/', new[] { prefix.Trim('/'), function.Route ?? function.Name }.Where(part => part.Length > 0));
            RequestDelegate run = context => invoker.InvokeAsync(context, function);
            _ = function.Methods is null ? server.Map(pattern, run) : server.MapMethods(pattern, function.Methods, run);
        }

        server.MapGet("/admin/host/status", static () => Results.Json(new { state = "Running" }));
        server.MapGet("/admin/functions", () => Results.Json(functions.Select(function => new { name = function.Name, trigger = function.Trigger, route = function.Route })));
        MapTimers(server, functions, timers);
    }

    private static void MapTimers(WebApplication server, IReadOnlyList<Function> functions, Timers timers)
    {
        var byName = functions.Where(function => function.IsTimer).ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

        // As on the platform: 202 at once, regardless of the run's result.
        server.MapPost("/admin/functions/{name}", (string name) =>
        {
            if (!byName.TryGetValue(name, out var timer))
            {
                return Results.NotFound();
            }

            _ = timers.RunByHandAsync(timer);
            return Results.Accepted();
        });

        // Only in this host: a scheduled tick, answered with the run's result.
        server.MapPost("/admin/timers/{name}/tick", async (string name) =>
        {
            if (!byName.TryGetValue(name, out var timer))
            {
                return Results.NotFound();
            }

            var result = await timers.TickAsync(timer);
            return result.Status is StatusResult.Types.Status.Success ? Results.Ok() : Results.Text(result.Exception?.Message, statusCode: 500);
        });
    }
}
