using System.Security.Claims;
using System.Text;
using Bench.Peers.AspNetCoreAuthentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

// One application, with the authentication that AUTHENTICATION names, so that they differ in that alone.
const string Content = "content";
const string Sessions = "Sessions";
const string Cookies = "Cookies";

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
var scheme = builder.Configuration["AUTHENTICATION"];
switch (scheme)
{
    case Sessions:
        // SESSIONS_URL and SESSIONS_KEY name the API.
        builder.Services.AddAuthentication(Sessions).AddSessions();
        break;
    case Cookies:
        builder.Services.AddStackExchangeRedisCache(options =>
        {
            options.Configuration = builder.Configuration["REDIS"] ?? "127.0.0.1:6379";
            options.InstanceName = "tickets:";
        });
        builder.Services.AddSingleton<RedisTicketStore>();
        builder.Services.AddAuthentication(Cookies).AddCookie();
        builder.Services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(Cookies)
            .Configure<RedisTicketStore>((options, store) => options.SessionStore = store);
        break;
}

var app = builder.Build();
app.MapGet("/health", () => Results.Ok());
if (scheme is Sessions or Cookies)
{
    app.UseAuthentication();
}

byte[]? last = null;
var users = 0;
app.MapPost("/create", async context =>
{
    using var reader = new StreamReader(context.Request.Body);
    var content = await reader.ReadToEndAsync();
    context.Response.StatusCode = StatusCodes.Status201Created;
    if (scheme is not (Sessions or Cookies))
    {
        last = Encoding.UTF8.GetBytes(content);
        context.Response.Cookies.Append("none", "1");
        return;
    }

    var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"user-{Interlocked.Increment(ref users)}"), new Claim(ClaimTypes.Name, "Alice"), new Claim(Content, content)], "password");
    await context.SignInAsync(new ClaimsPrincipal(identity));
});
app.MapGet("/read", context =>
{
    var content = last;
    if (scheme is Sessions or Cookies)
    {
        content = context.User.FindFirst(Content) is { } claim ? Encoding.UTF8.GetBytes(claim.Value) : null;
    }

    if (content is null)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    context.Response.ContentType = "application/json";
    context.Response.ContentLength = content.Length;
    return context.Response.Body.WriteAsync(content).AsTask();
});

await app.RunAsync();
