using Bench.LeastFunctions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

// As long as the answer of an introspection in the bench.
const int Length = 700;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
if (builder.Configuration["Cache:ConnectionString"] is { Length: > 0 } cache)
{
    var redis = (await ConnectionMultiplexer.ConnectAsync(cache)).GetDatabase();
    await redis.StringSetAsync(OneRead.Key, new string('x', Length));
    builder.Services.AddSingleton(redis);
}

await builder.Build().RunAsync();
