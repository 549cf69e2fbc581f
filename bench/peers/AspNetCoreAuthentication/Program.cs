using System.Security.Claims;
using System.Text;
using Bench.Peers.AspNetCoreAuthentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using SessionFunctions.AspNetCore.Authentication;

// One application, with the authentication that AUTHENTICATION names, so that they differ in that alone.
const string Content = "content";
const string Sessions = "Sessions";
const string Kept = "Kept";
const string Cookies = "Cookies";
const string Passports = "Passports";
const string Jwt = "Jwt";
const string Feed = "Feed";

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
var scheme = builder.Configuration["AUTHENTICATION"];
var issuer = builder.Configuration["ISSUER"];
var audience = builder.Configuration["AUDIENCE"];
switch (scheme)
{
    case Sessions:
        // SESSIONS_URL and SESSIONS_KEY name the API.
        builder.Services.AddAuthentication(Sessions).AddSessions();
        break;
    case Kept:
        builder.Services.AddAuthentication(Sessions).AddSessions(options => (options.Validation, options.PassportAudience) = (SessionValidation.Passport, audience));
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
    case Passports:
        builder.Services.AddAuthentication(Passports).AddSessionPassports(Passports, options => (options.Issuer, options.Audience) = (issuer, audience));
        break;
    case Jwt:
        var keys = await PassportKeySet.ReadAsync(new Uri(builder.Configuration["SESSIONS_URL"] + "/v1/passport-keys"));
        builder.Services.AddAuthentication(Jwt).AddJwtBearer(Jwt, options => PassportKeySet.Apply(options, keys, issuer!, audience!)); // the bench sets both
        break;
}

var app = builder.Build();
app.MapGet("/health", () => Results.Ok());
var authenticates = scheme is Sessions or Kept or Cookies or Passports or Jwt;
if (authenticates)
{
    app.UseAuthentication();
}

if (scheme is Feed)
{
    EndingsRoute.Map(app, int.Parse(builder.Configuration["ENDINGS_PER_SECOND"] ?? "0", System.Globalization.CultureInfo.InvariantCulture));
}

byte[]? last = null;
var users = 0;
app.MapPost("/create", async context =>
{
    using var reader = new StreamReader(context.Request.Body);
    var content = await reader.ReadToEndAsync();
    context.Response.StatusCode = StatusCodes.Status201Created;
    if (!authenticates)
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
    if (authenticates)
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

// What a back end with tokens does: the user, and nothing else.
app.MapGet("/user", context =>
{
    if (context.User.FindFirst(ClaimTypes.NameIdentifier) is not { } user)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    return context.Response.WriteAsync(user.Value);
});

await app.RunAsync();
