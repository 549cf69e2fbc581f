using Azure.Data.Tables;
using Bench.Limits;
using StackExchange.Redis;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

var app = builder.Build();
app.MapGet("/static", CacheRoutes.AnswerStaticAsync);

// Without stores this is the least Kestrel app: the start-up of the product is compared with it.
if (app.Configuration["Cache:ConnectionString"] is { Length: > 0 } cache && app.Configuration["Tables:ConnectionString"] is { Length: > 0 } tables)
{
    var redis = (await ConnectionMultiplexer.ConnectAsync(cache)).GetDatabase();
    var hot = new CacheRoutes(redis);
    await hot.SeedAsync();
    app.MapGet("/dictionary", hot.AnswerFromDictionaryAsync);
    app.MapGet("/redis", hot.AnswerFromRedisAsync);

    var account = new TableServiceClient(tables);
    var sessions = account.GetTableClient("limitsessions");
    var due = account.GetTableClient("limitdue");
    await sessions.CreateIfNotExistsAsync();
    await due.CreateIfNotExistsAsync();
    var routes = new TableRoutes(sessions, due, redis);
    app.MapGet("/table/read", routes.ReadAsync);
    app.MapGet("/table/cold", routes.ReadColdAsync);
    app.MapPost("/table/create", routes.CreateAsync);
    app.MapPatch("/table/patch", routes.PatchAsync);
    app.MapDelete("/table/revoke", routes.RevokeAsync);
}

await app.RunAsync();
