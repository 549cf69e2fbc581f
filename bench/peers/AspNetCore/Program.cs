using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;

// ASP.NET Core's own ISession on its distributed cache in Redis, with the defaults of both. The content is kept as rendered, so reading parses nothing.
const string Content = "content";
var idleTimeout = TimeSpan.FromHours(1);

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
builder.Services.AddStackExchangeRedisCache(options =>
{
    options.Configuration = builder.Configuration["REDIS"] ?? "127.0.0.1:6379";
    options.InstanceName = "aspnetcore:";
});
builder.Services.AddSession(options => options.IdleTimeout = idleTimeout);

var app = builder.Build();
app.MapGet("/health", () => Results.Ok());
app.UseSession();
app.MapPost("/create", async context =>
{
    var body = await JsonNode.ParseAsync(context.Request.Body) ?? new JsonObject();
    body["createdAt"] = TimeProvider.System.GetUtcNow();
    await context.Session.LoadAsync();
    context.Session.SetString(Content, body.ToJsonString());
    context.Response.StatusCode = StatusCodes.Status201Created;
});
app.MapGet("/read", async context =>
{
    await context.Session.LoadAsync();
    if (context.Session.Get(Content) is not { } content)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return;
    }

    context.Response.ContentType = "application/json";
    context.Response.ContentLength = content.Length;
    await context.Response.BodyWriter.WriteAsync(content);
});
app.MapPost("/update", async context =>
{
    await context.Session.LoadAsync();
    if (context.Session.Get(Content) is not { } content || JsonNode.Parse(content)?["data"] is not JsonObject data)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return;
    }

    foreach (var (name, value) in (await JsonNode.ParseAsync(context.Request.Body))?.AsObject() ?? [])
    {
        data[name] = value?.DeepClone();
    }

    context.Session.SetString(Content, data.Root.ToJsonString());
    await context.Response.WriteAsync(data.ToJsonString());
});
app.MapPost("/end", async context =>
{
    await context.Session.LoadAsync();
    context.Session.Clear();
    context.Response.StatusCode = StatusCodes.Status204NoContent;
});

await app.RunAsync();
